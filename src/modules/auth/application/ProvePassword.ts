import type { UserId } from '../../../core/domain/Id';
import { UnauthorizedError } from '../../../core/errors/UnauthorizedError';
import type { CredentialRepository } from '../domain/CredentialRepository';
import type { PasswordHasher } from './PasswordHasher';

/** Asks a person who is signed in for the password again, before something that a stolen session must not do. */
export class ProvePassword {
  constructor(
    private readonly credentials: CredentialRepository,
    private readonly passwordHasher: PasswordHasher,
  ) {}

  /**
   * @returns the hash that it matches, for `confirm`
   * @throws UnauthorizedError `INVALID_CREDENTIALS`
   */
  async execute(userId: UserId, password: string): Promise<string> {
    const hash = await this.credentials.find(userId);
    if (!(await this.passwordHasher.matches(password, hash)) || !hash) throw wrongPassword();
    return hash;
  }

  /**
   * Inside the open unit of work: what was proven before it holds until its end. Otherwise somebody who knew the old
   * password could get in between a reset and its effect.
   * @throws UnauthorizedError `INVALID_CREDENTIALS`
   */
  async confirm(userId: UserId, passwordHash: string): Promise<void> {
    if (!(await this.credentials.holdCurrent(userId, passwordHash))) throw wrongPassword();
  }
}

function wrongPassword(): UnauthorizedError {
  return new UnauthorizedError('INVALID_CREDENTIALS', 'The password is not right.');
}
