import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import { ForbiddenError } from '../../../core/errors/ForbiddenError';
import type { MemberRoles } from './MemberRoles';

/**
 * What protects the owners of a workspace. To be asked under the workspace's lock, so that of two changes at the same
 * moment the second is judged by what the first one left.
 */
export class OwnerRules {
  constructor(private readonly memberRoles: MemberRoles) {}

  /**
   * Only an owner touches an owner: as they are now, not as the request was admitted.
   * @throws ForbiddenError `ROLE_ESCALATION`
   */
  async assertMayTouch({ workspaceId, userId: by }: WorkspaceActor, userId: UserId): Promise<void> {
    if (!(await this.memberRoles.isOwner(workspaceId, userId))) return;
    const owners = await this.memberRoles.owners(workspaceId);
    if (!owners.includes(by)) throw ForbiddenError.escalation('Only an owner touches an owner.');
  }

  /** @throws ForbiddenError `ROLE_ESCALATION` unless the person is an active owner, which no API key is */
  async assertOwner(workspaceId: WorkspaceId, userId: UserId): Promise<void> {
    const owners = await this.memberRoles.owners(workspaceId);
    if (!owners.includes(userId)) throw ForbiddenError.escalation('This takes an owner of the workspace.');
  }

  /** @throws ConflictError `LAST_OWNER` when nobody else is an active owner */
  async assertNotLast(workspaceId: WorkspaceId, userId: UserId): Promise<void> {
    const owners = await this.memberRoles.owners(workspaceId);
    if (owners.length === 1 && owners.includes(userId)) {
      throw new ConflictError('LAST_OWNER', 'A workspace always has at least one owner.');
    }
  }
}
