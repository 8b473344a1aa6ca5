import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserId } from '../../../core/domain/Id';
import type { InvitationRepository } from '../domain/InvitationRepository';
import type { MemberRepository } from '../domain/MemberRepository';
import type { WorkspaceRepository } from '../domain/WorkspaceRepository';
import type { Departure } from './Departure';
import type { WorkspaceQueries } from './WorkspaceQueries';

/** Takes a person out of every workspace, and out of those they are invited to: before the account is closed. */
export class LeaveAllWorkspaces {
  constructor(
    private readonly workspaces: WorkspaceRepository,
    private readonly members: MemberRepository,
    private readonly invitations: InvitationRepository,
    private readonly workspaceQueries: WorkspaceQueries,
    private readonly departure: Departure,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Inside an open unit of work without a tenant, of which each workspace becomes a part.
   * @throws ConflictError `LAST_OWNER` when a workspace would be left without an active owner
   */
  async execute({ userId, email }: { userId: UserId; email: string }): Promise<void> {
    const now = this.clock.now();
    for (const workspaceId of await this.workspaceQueries.membershipsOf(userId)) {
      await this.unitOfWork.run({ workspaceId }, async () => {
        const workspace = await this.workspaces.lock(workspaceId);
        const member = await this.members.get(workspaceId, userId);
        await this.departure.depart(workspace, member, userId, now);
      });
    }
    for (const { workspaceId, id } of await this.workspaceQueries.openInvitationsTo(email)) {
      await this.unitOfWork.run({ workspaceId }, async () => {
        const invitation = await this.invitations.hold(workspaceId, id);
        // Somebody else may have been faster to take it back.
        if (invitation.state.status !== 'pending') return;
        invitation.revoke(userId, now);
        await this.invitations.save(invitation);
      });
    }
  }
}
