import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import { UnauthorizedError } from '../../../core/errors/UnauthorizedError';
import { newRecoveryCodes, recoveryCodeHash } from '../domain/RecoveryCode';
import type { TotpRepository } from '../domain/TotpRepository';
import type { TotpCodes } from './TotpCodes';

/** Puts a second factor in force. The recovery codes are told this once. */
export class ConfirmTotp {
  constructor(
    private readonly totps: TotpRepository,
    private readonly totpCodes: TotpCodes,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws UnauthorizedError `MFA_INVALID` */
  execute({ userId }: UserActor, { code }: { code: string }): Promise<{ recoveryCodes: readonly string[] }> {
    return this.unitOfWork.run({ userId }, async () => {
      const totp = await this.totps.find(userId);
      const step = totp && !totp.isConfirmed ? await this.totpCodes.stepOf(totp.state.secret, code) : null;
      if (!totp || step === null) throw new UnauthorizedError('MFA_INVALID', 'The code is not valid.');
      const recoveryCodes = newRecoveryCodes();
      totp.confirm(step, recoveryCodes.map(recoveryCodeHash), this.clock.now());
      await this.totps.save(totp);
      return { recoveryCodes };
    });
  }
}
