import type { EventHandler } from '../../../core/application/EventBus';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { UserRepository } from '../../user';
import { EmailAddress } from '../../user';
import { memberInvited, type WorkspaceQueries } from '../../workspace';
import { invited } from '../domain/kinds';
import type { NotificationRepository } from '../domain/NotificationRepository';
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
    private readonly notifications: NotificationRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async handle(event: DomainEvent<Facts>): Promise<void> {
    const { workspaceId, facts } = event;
    if (!workspaceId) return;
    const { invitationId } = facts;
    await this.tell(event, workspaceId, invitationId);
    // It may have been answered or revoked meanwhile, and what takes notifications back then have found none yet.
    if (await this.workspaceQueries.invitationMail(workspaceId, invitationId)) return;
    await this.unitOfWork.run({ workspaceId }, () =>
      this.notifications.withdraw(workspaceId, invited.key, { facts: { invitationId } }),
    );
  }

  private async tell(
    event: DomainEvent<Facts>,
    workspaceId: WorkspaceId,
    invitationId: Facts['invitationId'],
  ): Promise<void> {
    // Null once it is revoked, accepted or expired, and while the workspace is suspended or deleted.
    const open = await this.workspaceQueries.invitationMail(workspaceId, invitationId);
    const user = open && (await this.users.findByEmail(EmailAddress(open.email)));
    if (!open || !user?.state.emailVerifiedAt) return;
    const { expiresAt: outsiderUntil } = await this.workspaceQueries.invitation(workspaceId, invitationId);
    // Who is not a member does not see the workspace, hence its name here.
    const told = { invitationId, workspace: open.workspaceName };
    await this.notifier.notify(event, [{ kind: invited, to: [user.state.id], facts: told, outsiderUntil }]);
  }
}
