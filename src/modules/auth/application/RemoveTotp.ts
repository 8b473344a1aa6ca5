import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import type { EndSecondFactor } from './EndSecondFactor';
import type { ProvePassword } from './ProvePassword';

/** Takes the second factor away, against the password: an open session alone must not be enough. */
export class RemoveTotp {
  constructor(
    private readonly endSecondFactor: EndSecondFactor,
    private readonly provePassword: ProvePassword,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws UnauthorizedError `INVALID_CREDENTIALS` */
  async execute(actor: UserActor, { password }: { password: string }): Promise<void> {
    const { userId } = actor;
    const passwordHash = await this.provePassword.execute(actor, password);
    await this.unitOfWork.run({ userId }, async () => {
      await this.provePassword.confirm(userId, passwordHash);
      await this.endSecondFactor.of(userId);
    });
  }
}
