import type { UserId } from '../../../core/domain/Id';
import type { Identity } from './Identity';

export interface IdentityRepository {
  /** Whose account an identity belongs to. */
  ownerOf(issuer: string, subject: string): Promise<UserId | null>;
  /** @throws ConflictError when it belongs to an account already */
  add(identity: Identity): Promise<void>;
  /** Removes all that belong to a person. */
  removeOf(userId: UserId): Promise<void>;
}
