import type { UserId } from '../../../core/domain/Id';
import type { Member } from '../domain/Member';
import type { MemberRepository } from '../domain/MemberRepository';
import type { Workspace } from '../domain/Workspace';
import type { WorkspaceRepository } from '../domain/WorkspaceRepository';
import type { MemberRoles } from './MemberRoles';
import type { OwnerRules } from './OwnerRules';

/** Ends a membership, however it ends. */
export class Departure {
  constructor(
    private readonly workspaces: WorkspaceRepository,
    private readonly members: MemberRepository,
    private readonly memberRoles: MemberRoles,
    private readonly ownerRules: OwnerRules,
  ) {}

  /**
   * Under the workspace's lock. Another owner takes the place of the one whom the workspace names.
   * @throws ConflictError `LAST_OWNER`
   */
  async depart(workspace: Workspace, member: Member, by: UserId, now: Date): Promise<void> {
    const { id: workspaceId, ownerId, deletedAt } = workspace.state;
    const { userId } = member.state;
    // A deleted workspace needs no owner: when nobody is left to restore it, it is purged.
    if (!deletedAt) await this.ownerRules.assertNotLast(workspaceId, userId);
    member.leave(by, now);
    await this.members.remove(member);
    if (userId !== ownerId) return;
    const [successor] = await this.memberRoles.owners(workspaceId);
    if (!successor) return;
    workspace.nameOwner(successor, by, now);
    await this.workspaces.save(workspace);
  }
}
