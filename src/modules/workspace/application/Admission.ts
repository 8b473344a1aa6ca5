import type { UserId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import { Member } from '../domain/Member';
import type { MemberRepository } from '../domain/MemberRepository';
import type { Workspace } from '../domain/Workspace';

/** Makes somebody a member, however they come. */
export class Admission {
  constructor(private readonly members: MemberRepository) {}

  /**
   * Under the workspace's lock, so that of two who come at once the limit lets in only whom there is room for.
   * @throws NotFoundError, ForbiddenError `WORKSPACE_SUSPENDED`, ConflictError `ALREADY_MEMBER`, or `CONFLICT` when the
   * workspace has as many members as it may have
   */
  async admit(workspace: Workspace, { userId, role }: { userId: UserId; role: string }, now: Date): Promise<void> {
    workspace.assertOpen();
    const { id: workspaceId, settings } = workspace.state;
    await this.members.add(Member.join({ workspaceId, userId, roles: [role] }, now));
    const { maxMembers } = settings.limits ?? {};
    if (maxMembers !== undefined && (await this.members.count(workspaceId)) > maxMembers) {
      throw new ConflictError('CONFLICT', 'The workspace has as many members as it may have.');
    }
  }
}
