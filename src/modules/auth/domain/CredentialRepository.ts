import type { UserId } from '../../../core/domain/Id';

/** Password hashes, apart from the people they belong to. */
export interface CredentialRepository {
  find(userId: UserId): Promise<string | null>;
  /** Whether this is the person's hash now; if so, it is held against any change until the transaction ends. */
  holdCurrent(userId: UserId, passwordHash: string): Promise<boolean>;
  remove(userId: UserId): Promise<void>;
  save(userId: UserId, passwordHash: string, now: Date): Promise<void>;
}
