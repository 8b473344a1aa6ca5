import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import { ConflictError } from '../../../core/errors/ConflictError';
import type { UserRepository } from '../../user';
import { Totp } from '../domain/Totp';
import type { TotpRepository } from '../domain/TotpRepository';
import type { TotpCodes } from './TotpCodes';

/** Gives a secret for an authenticator app. Nothing changes until a code has shown that the app has it. */
export class EnrollTotp {
  constructor(
    private readonly users: UserRepository,
    private readonly totps: TotpRepository,
    private readonly totpCodes: TotpCodes,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws ConflictError when a second factor is in force already */
  execute({ userId, email }: UserActor): Promise<{ secret: string; otpauthUrl: string }> {
    return this.unitOfWork.run({ userId }, async () => {
      (await this.users.hold(userId)).assertNotClosed();
      const secret = this.totpCodes.newSecret();
      const pending = await this.totps.find(userId);
      if (pending?.isConfirmed) throw new ConflictError('CONFLICT', 'A second factor is in force; remove it first.');
      pending?.renew(secret);
      await this.totps.save(pending ?? Totp.enroll(userId, secret));
      return { secret, otpauthUrl: this.totpCodes.url(secret, email) };
    });
  }
}
