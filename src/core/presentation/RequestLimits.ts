import type { Response } from 'express';
import type { RateLimit, RateLimiter } from '../application/RateLimiter';
import { TooManyRequestsError } from '../errors/TooManyRequestsError';
import { addressKey } from './clientAddress';

export interface RateLimitSettings {
  readonly windowMs: number;
  readonly anonymousMax: number;
  readonly userMax: number;
  readonly authMax: number;
}

/** Counts requests and says so in the headers of the IETF draft `RateLimit` and `RateLimit-Policy`. */
export class RequestLimits {
  private readonly limits: Readonly<Record<'anonymous' | 'user' | 'credentials', RateLimit>>;

  constructor(
    private readonly rateLimiter: RateLimiter,
    rateLimits: RateLimitSettings,
  ) {
    const { windowMs, anonymousMax, userMax, authMax } = rateLimits;
    this.limits = {
      anonymous: { name: 'anonymous', max: anonymousMax, windowMs },
      user: { name: 'user', max: userMax, windowMs },
      credentials: { name: 'credentials', max: authMax, windowMs },
    };
  }

  /** @throws TooManyRequestsError */
  countAnonymous(response: Response, ip: string): Promise<void> {
    return this.count(response, this.limits.anonymous, addressKey(ip));
  }

  /** @throws TooManyRequestsError */
  countUser(response: Response, userId: string): Promise<void> {
    return this.count(response, this.limits.user, userId);
  }

  /** Attempts at credentials count twice: for the address they come from and for the account they are about. */
  countCredentialsFrom(response: Response, ip: string): Promise<void> {
    return this.count(response, this.limits.credentials, addressKey(ip));
  }

  countCredentialsFor(response: Response, account: string): Promise<void> {
    return this.count(response, this.limits.credentials, `account:${account}`);
  }

  private async count(response: Response, limit: RateLimit, key: string): Promise<void> {
    if (limit.max === 0) return;
    const { allowed, remaining, resetMs } = await this.rateLimiter.consume(limit, key);
    const seconds = Math.max(1, Math.ceil(resetMs / 1000));
    response.setHeader('RateLimit-Policy', `"${limit.name}";q=${limit.max};w=${Math.ceil(limit.windowMs / 1000)}`);
    response.setHeader('RateLimit', `"${limit.name}";r=${remaining};t=${seconds}`);
    if (!allowed) throw new TooManyRequestsError(seconds);
  }
}
