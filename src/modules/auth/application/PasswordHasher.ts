import type { Password } from '../domain/Password';

export interface PasswordHasher {
  hash(password: Password): Promise<string>;
  /** Takes as long for an account without a hash as for one with it, and then says no. */
  matches(password: string, hash: string | null): Promise<boolean>;
}
