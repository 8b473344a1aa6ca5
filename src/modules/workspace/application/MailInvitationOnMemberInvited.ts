import { composeMail } from '../../../core/application/composeMail';
import type { EventHandler } from '../../../core/application/EventBus';
import { inert } from '../../../core/application/inert';
import type { MailedTokens } from '../../../core/application/MailedTokens';
import type { Mailer } from '../../../core/application/Mailer';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import { memberInvited } from '../domain/events';
import { issueInvitationToken } from './invitationToken';
import type { WorkspaceQueries } from './WorkspaceQueries';

/** Of the first mailing, or of a later one. */
type Facts = Pick<FactsOf<typeof memberInvited>, 'invitationId'> & { readonly mailing?: number };

/** Mails the link of an invitation, unless it was revoked, or a newer one is to be mailed, before its turn came. */
export class MailInvitationOnMemberInvited implements EventHandler<Facts> {
  readonly name = 'workspace.mail-invitation-on-member-invited';

  readonly on = memberInvited;

  readonly delivery = 'durable';

  constructor(
    private readonly workspaceQueries: WorkspaceQueries,
    private readonly mailedTokens: MailedTokens,
    private readonly mailer: Mailer,
    private readonly frontendUrl: string,
  ) {}

  async handle({ workspaceId, facts: { invitationId, mailing = 1 } }: DomainEvent<Facts>): Promise<void> {
    if (!workspaceId) return;
    const invitation = await this.workspaceQueries.invitationMail(workspaceId, invitationId);
    if (invitation?.mailing !== mailing) return;
    const { email, inviterName } = invitation;
    const workspaceName = inert(invitation.workspaceName);
    const whoInvites = inviterName === null ? 'You are invited' : `${inert(inviterName)} invites you`;
    const token = issueInvitationToken(this.mailedTokens, { id: invitationId, mailing });
    const query = new URLSearchParams({ workspace: workspaceId, token });
    await this.mailer.send(
      composeMail({
        to: email,
        subject: `${whoInvites} to ${workspaceName}`,
        paragraphs: [
          `${whoInvites} to the workspace ${workspaceName}.`,
          'The invitation is for this e-mail address only, and holds for seven days.',
        ],
        action: { label: 'Accept the invitation', url: `${this.frontendUrl}/accept-invitation?${query.toString()}` },
        footer: 'If you do not know what this is about, you can ignore this mail.',
      }),
    );
  }
}
