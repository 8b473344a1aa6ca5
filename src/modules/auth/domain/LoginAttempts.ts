import { AggregateRoot } from '../../../core/domain/AggregateRoot';

export interface LoginAttemptsState {
  /** A hash of the address: there need not be an account. */
  readonly key: string;
  readonly failures: number;
  /** When the first of these failures was. */
  readonly since: Date;
  readonly lockedUntil: Date | null;
}

const SECOND_MS = 1000;
const WINDOW_MS = 15 * 60 * SECOND_MS;
const MAX_FAILURES = 10;
const FIRST_WAIT_MS = 30 * SECOND_MS;
const LONGEST_WAIT_MS = 60 * 60 * SECOND_MS;

/** What a locked address has exceeded. */
export const FAILURE_LIMIT = { name: 'lock', max: MAX_FAILURES, windowMs: WINDOW_MS };

/** The failed sign-ins at one address. From the tenth within 15 minutes on, each makes the next wait twice as long. */
export class LoginAttempts extends AggregateRoot<LoginAttemptsState> {
  static none(key: string, now: Date): LoginAttempts {
    return new LoginAttempts({ key, failures: 0, since: now, lockedUntil: null }, 0);
  }

  static restore(state: LoginAttemptsState, version: number): LoginAttempts {
    return new LoginAttempts(state, version);
  }

  /** Whole seconds until the next attempt may be made; 0 when that is now. */
  waitSeconds(now: Date): number {
    const waitMs = (this.state.lockedUntil?.getTime() ?? 0) - now.getTime();
    return Math.max(0, Math.ceil(waitMs / SECOND_MS));
  }

  /** @returns whether this failure locked the address */
  fail(now: Date): boolean {
    const { since, lockedUntil } = this.state;
    const forgotten = now.getTime() - Math.max(since.getTime(), lockedUntil?.getTime() ?? 0) > WINDOW_MS;
    const failures = forgotten ? 1 : this.state.failures + 1;
    const beyond = failures - MAX_FAILURES;
    const waitMs = Math.min(FIRST_WAIT_MS * 2 ** beyond, LONGEST_WAIT_MS);
    this.change({
      failures,
      since: forgotten ? now : since,
      lockedUntil: beyond >= 0 ? new Date(now.getTime() + waitMs) : null,
    });
    return beyond === 0;
  }

  /** Takes back a failure that was none, and with it the lock that it made: the one before stands again. */
  giveBack(earlierLock: Date | null): void {
    const failures = Math.max(0, this.state.failures - 1);
    this.change({ failures, lockedUntil: failures < MAX_FAILURES ? null : earlierLock });
  }
}
