import type { Clock } from '../../../core/application/Clock';
import type { EventBus } from '../../../core/application/EventBus';
import type { KnownDevices } from '../../../core/application/KnownDevices';
import type { ClientInfo } from '../../../core/application/RequestContext';
import type { UserId } from '../../../core/domain/Id';
import { tokenHash } from '../../../core/domain/opaqueToken';
import { TooManyRequestsError } from '../../../core/errors/TooManyRequestsError';
import type { EmailAddress } from '../../user';
import { accountLocked, signInFailed, type SignInFailure } from '../domain/events';
import { FAILURE_LIMIT } from '../domain/LoginAttempts';
import type { LoginAttemptsRepository } from '../domain/LoginAttemptsRepository';

/** One guess at a password or a code, counted as a failure until it is known to be none. */
export interface SignInAttempt {
  readonly email: EmailAddress;
  readonly userId: UserId | null;
  /** Whether it locks the address, unless it is given back. */
  readonly locks: boolean;
  readonly earlierLock: Date | null;
}

/**
 * Slows down who guesses passwords or codes at one address. Each guess is counted before anybody looks at it, under the
 * lock of its address, so that of any number at the same moment no more are looked at than may fail. Devices the account
 * signed in from before are not held up, so that nobody can be locked out by somebody else's guesses; nor are open
 * sessions. All methods belong inside the open unit of work.
 */
export class LoginGuard {
  constructor(
    private readonly loginAttempts: LoginAttemptsRepository,
    private readonly knownDevices: KnownDevices,
    private readonly eventBus: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * Does the same whether or not there is such an account.
   * @returns the attempt, or the error `ACCOUNT_LOCKED`: to be thrown once the record of it is committed
   */
  async begin(
    email: EmailAddress,
    userId: UserId | null,
    client: ClientInfo,
  ): Promise<SignInAttempt | TooManyRequestsError> {
    const now = this.clock.now();
    const known = await this.knownDevices.knows(email, client);
    const attempts = await this.loginAttempts.hold(tokenHash(email), now);
    const waitSeconds = known ? 0 : attempts.waitSeconds(now);
    if (waitSeconds > 0) {
      await this.refuse(userId, 'account locked');
      return new TooManyRequestsError(waitSeconds, 'ACCOUNT_LOCKED', FAILURE_LIMIT);
    }
    const { lockedUntil: earlierLock } = attempts.state;
    const locks = attempts.fail(now);
    await this.loginAttempts.save(attempts);
    return { email, userId, locks, earlierLock };
  }

  /** It was wrong: what was counted stands. */
  async fail({ userId, locks }: SignInAttempt, reason: SignInFailure): Promise<void> {
    await this.refuse(userId, reason);
    if (locks) await this.eventBus.publish([accountLocked({ actorId: userId, at: this.clock.now() }, { userId })]);
  }

  /** It was right, yet opened nothing so far, or was never looked at. */
  async giveBack({ email, earlierLock }: SignInAttempt): Promise<void> {
    const attempts = await this.loginAttempts.hold(tokenHash(email), this.clock.now());
    attempts.giveBack(earlierLock);
    await this.loginAttempts.save(attempts);
  }

  /** Somebody has signed in, or closed the account: all failures are forgotten. */
  async forget(email: EmailAddress): Promise<void> {
    await this.loginAttempts.remove(tokenHash(email));
  }

  /** Records a sign-in that was refused without any guess. */
  async refuse(userId: UserId | null, reason: SignInFailure): Promise<void> {
    await this.eventBus.publish([signInFailed({ actorId: userId, at: this.clock.now() }, { userId, reason })]);
  }
}
