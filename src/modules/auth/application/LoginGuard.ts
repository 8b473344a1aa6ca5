import type { Clock } from '../../../core/application/Clock';
import type { UserId } from '../../../core/domain/Id';
import { tokenHash } from '../../../core/domain/opaqueToken';
import type { EmailAddress } from '../../user';
import type { LoginAttemptsRepository } from '../domain/LoginAttemptsRepository';
import type { SessionQueries } from './SessionQueries';
import type { Client } from './Sessions';

/**
 * Slows down who guesses passwords at one address. Devices the account signed in from before are not held up, so that
 * nobody can be locked out by somebody else's guesses; nor are open sessions.
 */
export class LoginGuard {
  constructor(
    private readonly loginAttempts: LoginAttemptsRepository,
    private readonly sessionQueries: SessionQueries,
    private readonly clock: Clock,
  ) {}

  /** @throws TooManyRequestsError `ACCOUNT_LOCKED`, whether or not there is such an account */
  async assertMayTry(email: EmailAddress, userId: UserId | null, client: Client): Promise<void> {
    const attempts = await this.loginAttempts.find(tokenHash(email));
    if (!attempts || (userId && (await this.sessionQueries.knowsDevice(userId, client)))) return;
    attempts.assertUnlocked(this.clock.now());
  }

  /**
   * Inside the open unit of work.
   * @returns whether this failure locked the address
   */
  async recordFailure(email: EmailAddress): Promise<boolean> {
    const now = this.clock.now();
    const attempts = await this.loginAttempts.hold(tokenHash(email), now);
    const locked = attempts.fail(now);
    await this.loginAttempts.save(attempts);
    return locked;
  }

  /** Inside the open unit of work. */
  async recordSuccess(email: EmailAddress): Promise<void> {
    await this.loginAttempts.remove(tokenHash(email));
  }
}
