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

  /** @throws UnauthorizedError `INVALID_CREDENTIALS` */
  async execute(userId: UserId, password: string): Promise<void> {
    const hash = await this.credentials.find(userId);
    if (await this.passwordHasher.matches(password, hash)) return;
    throw new UnauthorizedError('INVALID_CREDENTIALS', 'The password is not right.');
  }
}
