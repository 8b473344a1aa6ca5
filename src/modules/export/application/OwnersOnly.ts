import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { ForbiddenError } from '../../../core/errors/ForbiddenError';
import type { MemberRoles } from '../../workspace';
import { EXPORT_WORKSPACE } from '../domain/permissions';

/**
 * An archive holds everything, so it takes an owner of this very moment: a role of the workspace's own that was given the
 * permission is not enough, nor is an API key.
 */
export class OwnersOnly {
  constructor(private readonly memberRoles: MemberRoles) {}

  async isOwner(workspaceId: WorkspaceId, userId: UserId): Promise<boolean> {
    return (await this.memberRoles.owners(workspaceId)).includes(userId);
  }

  /** @throws ForbiddenError `PERMISSION_DENIED` */
  async assert({ workspaceId, userId }: { workspaceId: WorkspaceId; userId: UserId }): Promise<void> {
    if (!(await this.isOwner(workspaceId, userId))) throw ForbiddenError.permission(EXPORT_WORKSPACE);
  }
}
