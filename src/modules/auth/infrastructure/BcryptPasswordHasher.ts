import { createHash } from 'node:crypto';
import { compare, getRounds, hash } from 'bcrypt';
import { BoundedWork } from '../../../core/application/BoundedWork';
import type { PasswordHasher } from '../application/PasswordHasher';

/** bcrypt reads no further than this many bytes. */
const BCRYPT_BYTES = 72;

/** What bcrypt is given: the password, or where it would be cut, a hash of it that loses no byte. */
function digestible(password: string): string {
  const bytes = Buffer.from(password, 'utf8');
  if (bytes.length <= BCRYPT_BYTES) return password;
  return createHash('sha256').update(bytes).digest('base64');
}

/** bcrypt in the threads of libuv, as many at a time as there are cores; a flood beyond a short line is refused. */
export class BcryptPasswordHasher implements PasswordHasher {
  private readonly work = BoundedWork.onAllCores();

  /** Compared with where there is no account, so that the answer takes as long. */
  private readonly dummy: Promise<string>;

  constructor(private readonly bcryptRounds: number) {
    this.dummy = hash('no account has this password', bcryptRounds);
  }

  assertRoom(): void {
    this.work.assertRoom();
  }

  hash(password: string): Promise<string> {
    return this.work.run(() => hash(digestible(password), this.bcryptRounds));
  }

  isOutdated(passwordHash: string): boolean {
    return getRounds(passwordHash) < this.bcryptRounds;
  }

  async matches(password: string, passwordHash: string | null): Promise<boolean> {
    const known = passwordHash ?? (await this.dummy);
    const matches = await this.work.run(() => compare(digestible(password), known));
    return matches && passwordHash !== null;
  }
}
