import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import type { UserRepository } from '../../user';
import type { Password } from '../domain/Password';
import type { PasswordHasher } from './PasswordHasher';
import type { PasswordPolicy } from './PasswordPolicy';
import type { ProvePassword } from './ProvePassword';
import type { SetPassword } from './SetPassword';

export class ChangePassword {
  constructor(
    private readonly users: UserRepository,
    private readonly provePassword: ProvePassword,
    private readonly passwordPolicy: PasswordPolicy,
    private readonly passwordHasher: PasswordHasher,
    private readonly setPassword: SetPassword,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws UnauthorizedError `INVALID_CREDENTIALS`, and what the password policy refuses */
  async execute(
    actor: UserActor,
    { currentPassword, newPassword }: { currentPassword: string; newPassword: Password },
  ): Promise<void> {
    const { userId, sessionId } = actor;
    const { state } = await this.unitOfWork.run({ userId }, () => this.users.get(userId));
    this.passwordPolicy.assertAcceptable(newPassword, state, 'newPassword');
    const currentHash = await this.provePassword.execute(actor, currentPassword);
    const passwordHash = await this.passwordHasher.hash(newPassword);
    await this.unitOfWork.run({ userId }, async () => {
      await this.provePassword.confirm(userId, currentHash);
      await this.setPassword.of(userId, passwordHash, 'changed', sessionId);
    });
  }
}
