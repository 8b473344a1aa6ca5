import type { UserId } from '../../../core/domain/Id';
import type { MfaChallenge } from './MfaChallenge';

export interface MfaChallengeRepository {
  /** Whom it asks, without holding it; null when there is none. */
  userOf(tokenHash: string): Promise<UserId | null>;
  /** Held against all others until the transaction ends. */
  findByToken(tokenHash: string): Promise<MfaChallenge | null>;
  save(challenge: MfaChallenge): Promise<void>;
  remove(challenge: MfaChallenge): Promise<void>;
  /** Removes all that a person was asked. */
  removeOf(userId: UserId): Promise<void>;
}
