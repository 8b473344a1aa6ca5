import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import { passwordResetRequested } from '../domain/events';
import type { LinkMails } from './LinkMails';

type Facts = FactsOf<typeof passwordResetRequested>;

export class MailPasswordResetOnRequested implements EventHandler<Facts> {
  readonly name = 'auth.mail-password-reset-on-password-reset-requested';

  readonly on = passwordResetRequested;

  readonly delivery = 'durable';

  constructor(private readonly linkMails: LinkMails) {}

  handle({ facts: { userId, linkId } }: DomainEvent<Facts>): Promise<void> {
    return this.linkMails.send('password-reset', userId, linkId, {
      page: 'reset-password',
      label: 'Choose a new password',
      subject: 'Choose a new password',
      paragraphs: [
        'Somebody, hopefully you, asked for a new password. The link holds for an hour and works once.',
        'Choosing a new password signs you out everywhere.',
      ],
      footer: 'If it was not you, you can ignore this mail: nothing has changed.',
    });
  }
}
