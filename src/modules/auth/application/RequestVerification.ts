import type { Clock } from '../../../core/application/Clock';
import type { MailedTokens } from '../../../core/application/MailedTokens';
import { newId, type UserId } from '../../../core/domain/Id';
import { EmailVerification } from '../domain/EmailVerification';
import type { EmailVerificationRepository } from '../domain/EmailVerificationRepository';

/** What a mailed token of this kind opens. */
export const VERIFICATION_TOKEN = 'email-verification';

/** Has a link mailed that proves the address of an account, inside the open unit of work. */
export class RequestVerification {
  constructor(
    private readonly emailVerifications: EmailVerificationRepository,
    private readonly mailedTokens: MailedTokens,
    private readonly clock: Clock,
  ) {}

  async execute(userId: UserId): Promise<void> {
    const id = newId();
    const tokenHash = this.mailedTokens.hash(this.mailedTokens.issue(VERIFICATION_TOKEN, id));
    await this.emailVerifications.add(EmailVerification.request({ id, userId, tokenHash }, this.clock.now()));
  }
}
