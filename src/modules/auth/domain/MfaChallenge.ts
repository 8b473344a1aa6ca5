import { AggregateRoot } from '../../../core/domain/AggregateRoot';
import type { UserId } from '../../../core/domain/Id';
import { mfaRequired } from './events';

export interface MfaChallengeState {
  readonly id: string;
  /** Of the token that the sign-in was answered with. */
  readonly tokenHash: string;
  readonly userId: UserId;
  readonly failures: number;
  readonly expiresAt: Date;
}

const LIFETIME_MS = 5 * 60 * 1000;
/** A code has a million values: this many guesses per password that was right. */
const MAX_FAILURES = 5;

/** A sign-in that is half done: the password was right, the second factor is asked for. */
export class MfaChallenge extends AggregateRoot<MfaChallengeState> {
  static issue(
    { id, tokenHash, userId }: Pick<MfaChallengeState, 'id' | 'tokenHash' | 'userId'>,
    now: Date,
  ): MfaChallenge {
    const expiresAt = new Date(now.getTime() + LIFETIME_MS);
    const challenge = new MfaChallenge({ id, tokenHash, userId, failures: 0, expiresAt }, 0);
    challenge.record(mfaRequired({ actorId: userId, at: now }, { userId }));
    return challenge;
  }

  static restore(state: MfaChallengeState, version: number): MfaChallenge {
    return new MfaChallenge(state, version);
  }

  isOpen(now: Date): boolean {
    return now < this.state.expiresAt && this.state.failures < MAX_FAILURES;
  }

  fail(): void {
    this.change({ failures: this.state.failures + 1 });
  }
}
