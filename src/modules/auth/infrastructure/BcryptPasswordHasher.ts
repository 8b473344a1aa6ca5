import { createHash } from 'node:crypto';
import { compare, hash } from 'bcrypt';
import type { PasswordHasher } from '../application/PasswordHasher';
import type { Password } from '../domain/Password';

/** bcrypt reads no further than this many bytes. */
const BCRYPT_BYTES = 72;

/** What bcrypt is given: the password, or where it would cut it or stop at a NUL, a hash of it that loses no byte. */
function digestible(password: string): string {
  const bytes = Buffer.from(password, 'utf8');
  if (bytes.length <= BCRYPT_BYTES && !bytes.includes(0)) return password;
  return createHash('sha256').update(bytes).digest('base64');
}

export class BcryptPasswordHasher implements PasswordHasher {
  /** Compared with where there is no account, so that the answer takes as long. */
  private readonly dummy: Promise<string>;

  constructor(private readonly bcryptRounds: number) {
    this.dummy = hash('no account has this password', bcryptRounds);
  }

  hash(password: Password): Promise<string> {
    return hash(digestible(password), this.bcryptRounds);
  }

  async matches(password: string, passwordHash: string | null): Promise<boolean> {
    const matches = await compare(digestible(password), passwordHash ?? (await this.dummy));
    return matches && passwordHash !== null;
  }
}
