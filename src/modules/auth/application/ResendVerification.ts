import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import type { RequestMailedLink } from './RequestMailedLink';

export class ResendVerification {
  constructor(
    private readonly requestMailedLink: RequestMailedLink,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** A verified address needs no other mail. */
  async execute({ userId, emailVerified }: UserActor): Promise<void> {
    if (emailVerified) return;
    await this.unitOfWork.run({ userId }, () => this.requestMailedLink.execute(userId, 'email-verification'));
  }
}
