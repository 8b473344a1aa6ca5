import type { Clock } from '../../../core/application/Clock';
import { composeMail } from '../../../core/application/composeMail';
import type { EventHandler } from '../../../core/application/EventBus';
import type { MailedTokens } from '../../../core/application/MailedTokens';
import type { Mailer } from '../../../core/application/Mailer';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import type { UserQueries } from '../../user';
import type { EmailVerificationRepository } from '../domain/EmailVerificationRepository';
import { verificationRequested } from '../domain/events';
import { VERIFICATION_TOKEN } from './RequestVerification';

type Facts = FactsOf<typeof verificationRequested>;

/** Mails the link that proves an address, unless it was used or replaced before its turn came. */
export class MailVerificationOnRequested implements EventHandler<Facts> {
  readonly name = 'auth.mail-verification-on-verification-requested';

  readonly on = verificationRequested;

  readonly delivery = 'durable';

  constructor(
    private readonly emailVerifications: EmailVerificationRepository,
    private readonly userQueries: UserQueries,
    private readonly mailedTokens: MailedTokens,
    private readonly mailer: Mailer,
    private readonly frontendUrl: string,
    private readonly clock: Clock,
  ) {}

  async handle({ facts: { userId, verificationId } }: DomainEvent<Facts>): Promise<void> {
    if (!(await this.emailVerifications.isOpen(verificationId, this.clock.now()))) return;
    const { email } = await this.userQueries.account(userId);
    const token = this.mailedTokens.issue(VERIFICATION_TOKEN, verificationId);
    await this.mailer.send(
      composeMail({
        to: email,
        subject: 'Confirm your e-mail address',
        paragraphs: ['Please confirm that this address is yours. The link holds for 24 hours and works once.'],
        action: { label: 'Confirm the address', url: `${this.frontendUrl}/verify-email?token=${token}` },
        footer: 'If you did not open an account with this address, you can ignore this mail.',
      }),
    );
  }
}
