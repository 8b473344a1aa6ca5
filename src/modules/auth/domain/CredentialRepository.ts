import type { UserId } from '../../../core/domain/Id';

/** Password hashes, apart from the people they belong to. */
export interface CredentialRepository {
  find(userId: UserId): Promise<string | null>;
  save(userId: UserId, passwordHash: string, now: Date): Promise<void>;
}
