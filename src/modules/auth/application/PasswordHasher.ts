export interface PasswordHasher {
  /** For what begins with other work than hashing. @throws UnavailableError when a hash would be refused now */
  assertRoom(): void;
  hash(password: string): Promise<string>;
  /** Whether a hash was made at a lower cost than is asked for now. */
  isOutdated(hash: string): boolean;
  /** Takes as long for an account without a hash as for one with it, and then says no. */
  matches(password: string, hash: string | null): Promise<boolean>;
}
