import type { Clock } from '../../src/core/application/Clock';
import type { UnitOfWork } from '../../src/core/application/UnitOfWork';
import type { Container } from '../../src/core/bootstrap/container';
import { newId, type UserId } from '../../src/core/domain/Id';
import type { PasswordHasher } from '../../src/modules/auth/application/PasswordHasher';
import type { PasswordPolicy } from '../../src/modules/auth/application/PasswordPolicy';
import type { CredentialRepository } from '../../src/modules/auth/domain/CredentialRepository';
import type { Password } from '../../src/modules/auth/domain/Password';
import { User, type EmailAddress, type PersonName, type UserRepository } from '../../src/modules/user';

interface NewAccount {
  readonly email: EmailAddress;
  readonly name: PersonName;
  readonly password: Password;
  readonly platformAdmin?: boolean;
}

/**
 * Opens an account whose address counts as verified, because whoever runs the script vouches for it.
 * @throws ConflictError `EMAIL_TAKEN`, and what the password policy refuses
 */
export async function openAccount(services: Container, account: NewAccount): Promise<UserId> {
  const { email, name, password, platformAdmin = false } = account;
  services.get<PasswordPolicy>('passwordPolicy').assertAcceptable(password, account, 'password');
  const passwordHash = await services.get<PasswordHasher>('passwordHasher').hash(password);
  const id = newId<UserId>();
  const now = services.get<Clock>('clock').now();
  const user = User.register({ id, email, name }, now);
  user.verifyEmail(now);
  if (platformAdmin) user.makePlatformAdmin(now);
  await services.get<UnitOfWork>('unitOfWork').run({ userId: id }, async () => {
    await services.get<UserRepository>('users').save(user);
    await services.get<CredentialRepository>('credentials').save(id, passwordHash, now);
  });
  return id;
}
