import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import type { UserRepository } from '../../user';
import { EmailAddress } from '../../user';
import { memberInvited, type WorkspaceQueries } from '../../workspace';
import { invited } from '../domain/kinds';
import type { Notifications } from './Notifications';

type Facts = FactsOf<typeof memberInvited>;

/** Tells somebody who has an account that they are invited; only who has proved the address is the one invited. */
export class NotifyInvitedOnMemberInvited implements EventHandler<Facts> {
  readonly name = 'notification.notify-invited-on-member-invited';

  readonly on = memberInvited;

  readonly delivery = 'durable';

  constructor(
    private readonly workspaceQueries: WorkspaceQueries,
    private readonly users: UserRepository,
    private readonly notifier: Notifications,
  ) {}

  async handle(event: DomainEvent<Facts>): Promise<void> {
    const { workspaceId, facts } = event;
    const { invitationId } = facts;
    if (!workspaceId) return;
    // Null once it is revoked, accepted or expired, and while the workspace is suspended or deleted.
    const open = await this.workspaceQueries.invitationMail(workspaceId, invitationId);
    const user = open && (await this.users.findByEmail(EmailAddress(open.email)));
    if (!open || !user?.state.emailVerifiedAt) return;
    const { expiresAt: outsiderUntil } = await this.workspaceQueries.invitation(workspaceId, invitationId);
    await this.notifier.notify(event, [
      {
        kind: invited,
        to: [user.state.id],
        // Who is not a member does not see the workspace, hence its name here.
        facts: { invitationId, workspace: open.workspaceName },
        outsiderUntil,
      },
    ]);
  }
}
