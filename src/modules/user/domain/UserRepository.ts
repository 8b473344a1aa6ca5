import type { UserId } from '../../../core/domain/Id';
import type { EmailAddress } from './EmailAddress';
import type { User } from './User';

export interface UserRepository {
  /** @throws NotFoundError */
  get(id: UserId): Promise<User>;
  findByEmail(email: EmailAddress): Promise<User | null>;
  /** @throws ConflictError `EMAIL_TAKEN`, or `CONFLICT` when it was changed since it was read. */
  save(user: User): Promise<void>;
}
