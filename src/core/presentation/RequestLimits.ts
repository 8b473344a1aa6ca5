import type { Response } from 'express';
import type { KnownDevices } from '../application/KnownDevices';
import type { RateLimit, RateLimiter } from '../application/RateLimiter';
import type { ClientInfo } from '../application/RequestContext';
import { TooManyRequestsError } from '../errors/TooManyRequestsError';
import { addressKey } from './clientAddress';
import { tellLimit } from './tellLimit';

export interface RateLimitSettings {
  readonly windowMs: number;
  readonly anonymousMax: number;
  readonly userMax: number;
  readonly authMax: number;
}

/** Counts requests, each against every limit that holds for it, and tells of all of them. */
export class RequestLimits {
  private readonly limits: Readonly<Record<'anonymous' | 'user' | 'credentials' | 'account', RateLimit>>;

  constructor(
    private readonly rateLimiter: RateLimiter,
    private readonly knownDevices: KnownDevices,
    rateLimits: RateLimitSettings,
  ) {
    const { windowMs, anonymousMax, userMax, authMax } = rateLimits;
    this.limits = {
      anonymous: { name: 'anonymous', max: anonymousMax, windowMs },
      user: { name: 'user', max: userMax, windowMs },
      credentials: { name: 'credentials', max: authMax, windowMs },
      account: { name: 'account', max: authMax, windowMs },
    };
  }

  /** @throws TooManyRequestsError */
  countAnonymous(response: Response, ip: string): Promise<void> {
    return this.count(response, this.limits.anonymous, addressKey(ip));
  }

  /** A refused handshake of a socket, which has no headers to tell of the limit. @throws TooManyRequestsError */
  countHandshake(ip: string): Promise<void> {
    return this.count(null, this.limits.anonymous, addressKey(ip));
  }

  /** @throws TooManyRequestsError */
  countUser(response: Response, userId: string): Promise<void> {
    return this.count(response, this.limits.user, userId);
  }

  /** Attempts at credentials count twice: for the address they come from and for the account they are about. */
  countCredentialsFrom(response: Response, ip: string): Promise<void> {
    return this.count(response, this.limits.credentials, addressKey(ip));
  }

  /**
   * A device that the account was signed in to from has an allowance of its own, so that nobody uses up the owner's
   * from elsewhere; all others share one.
   */
  async countCredentialsFor(response: Response, account: string, device: ClientInfo): Promise<void> {
    if (this.limits.account.max === 0) return;
    const known = await this.knownDevices.knows(account, device);
    const key = known ? JSON.stringify([account, device.ip, device.userAgent]) : account;
    await this.count(response, this.limits.account, key);
  }

  private async count(response: Response | null, limit: RateLimit, key: string): Promise<void> {
    if (limit.max === 0) return;
    const { allowed, remaining, resetMs } = await this.rateLimiter.consume(limit, key);
    const seconds = Math.max(1, Math.ceil(resetMs / 1000));
    if (response) tellLimit(response, limit, remaining, seconds);
    if (!allowed) throw new TooManyRequestsError(seconds);
  }
}
