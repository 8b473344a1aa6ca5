import type { MfaChallenge } from './MfaChallenge';

export interface MfaChallengeRepository {
  /** Held against all others until the transaction ends. */
  findByToken(tokenHash: string): Promise<MfaChallenge | null>;
  save(challenge: MfaChallenge): Promise<void>;
  remove(challenge: MfaChallenge): Promise<void>;
}
