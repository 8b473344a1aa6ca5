import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import type { TotpRepository } from '../domain/TotpRepository';
import type { ProvePassword } from './ProvePassword';

/** Takes the second factor away, against the password: an open session alone must not be enough. */
export class RemoveTotp {
  constructor(
    private readonly totps: TotpRepository,
    private readonly provePassword: ProvePassword,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws UnauthorizedError `INVALID_CREDENTIALS` */
  async execute(actor: UserActor, { password }: { password: string }): Promise<void> {
    const { userId } = actor;
    const passwordHash = await this.provePassword.execute(actor, password);
    await this.unitOfWork.run({ userId }, async () => {
      await this.provePassword.confirm(userId, passwordHash);
      const totp = await this.totps.find(userId);
      if (!totp) return;
      totp.disable(this.clock.now());
      await this.totps.remove(totp);
    });
  }
}
