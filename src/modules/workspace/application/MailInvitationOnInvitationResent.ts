import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import { invitationResent } from '../domain/events';
import type { MailInvitationOnMemberInvited } from './MailInvitationOnMemberInvited';

type Facts = FactsOf<typeof invitationResent>;

/** Mails the new link of an invitation. */
export class MailInvitationOnInvitationResent implements EventHandler<Facts> {
  readonly name = 'workspace.mail-invitation-on-invitation-resent';

  readonly on = invitationResent;

  readonly delivery = 'durable';

  constructor(private readonly mailInvitationOnMemberInvited: MailInvitationOnMemberInvited) {}

  handle(event: DomainEvent<Facts>): Promise<void> {
    return this.mailInvitationOnMemberInvited.handle(event);
  }
}
