import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import { verificationRequested } from '../domain/events';
import type { LinkMails } from './LinkMails';

type Facts = FactsOf<typeof verificationRequested>;

export class MailVerificationOnRequested implements EventHandler<Facts> {
  readonly name = 'auth.mail-verification-on-verification-requested';

  readonly on = verificationRequested;

  readonly delivery = 'durable';

  constructor(private readonly linkMails: LinkMails) {}

  handle({ facts: { userId, linkId } }: DomainEvent<Facts>): Promise<void> {
    return this.linkMails.send('email-verification', userId, linkId, {
      page: 'verify-email',
      label: 'Confirm the address',
      subject: 'Confirm your e-mail address',
      paragraphs: ['Please confirm that this address is yours. The link holds for 24 hours and works once.'],
      footer: 'If you did not open an account with this address, you can ignore this mail.',
    });
  }
}
