import type { Clock } from '../../../core/application/Clock';
import type { AccessChanges } from '../../../core/application/AccessChanges';
import type { MailedTokens } from '../../../core/application/MailedTokens';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserId } from '../../../core/domain/Id';
import { ValidationError } from '../../../core/errors/ValidationError';
import type { UserRepository } from '../../user';
import type { MailedLinkRepository } from '../domain/MailedLinkRepository';

export class VerifyEmail {
  constructor(
    private readonly mailedLinks: MailedLinkRepository,
    private readonly users: UserRepository,
    private readonly mailedTokens: MailedTokens,
    private readonly accessChanges: AccessChanges,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ValidationError `INVALID_TOKEN` */
  execute({ token }: { token: string }): Promise<UserId> {
    return this.unitOfWork.run({}, async () => {
      const now = this.clock.now();
      const hash = this.mailedTokens.hash(token);
      const userId = await this.mailedLinks.find('email-verification', hash, now);
      const user = userId && (await this.users.hold(userId));
      if (!user || !(await this.mailedLinks.consume('email-verification', hash, now))) throw ValidationError.token();
      user.verifyEmail(now);
      await this.users.save(user);
      await this.accessChanges.announce({ userId });
      return userId;
    });
  }
}
