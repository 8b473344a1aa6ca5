import type { UserId } from '../../../core/domain/Id';
import type { EmailAddress } from './EmailAddress';
import type { User } from './User';

export interface UserRepository {
  /** @throws NotFoundError */
  get(id: UserId): Promise<User>;
  /**
   * The same, held against all others who hold it until the transaction ends. Whoever changes what hangs on an account,
   * its password, second factor, mailed links or memberships, does this first: one order for all, so that none of them
   * waits for another in a circle, and none acts for an account that was closed meanwhile.
   * @throws NotFoundError
   */
  hold(id: UserId): Promise<User>;
  findByEmail(email: EmailAddress): Promise<User | null>;
  /** @throws ConflictError `EMAIL_TAKEN`, or `CONFLICT` when it was changed since it was read. */
  save(user: User): Promise<void>;
}
