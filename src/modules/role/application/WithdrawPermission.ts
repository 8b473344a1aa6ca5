import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { RoleId } from '../domain/RoleId';
import type { RoleEditing } from './RoleEditing';

/** Takes a permission from a role of the workspace's own. */
export class WithdrawPermission {
  constructor(private readonly roleEditing: RoleEditing) {}

  /**
   * @throws NotFoundError also for a permission that the role does not hold, ForbiddenError `ROLE_ESCALATION` or for a
   * built-in role
   */
  execute(actor: WorkspaceActor, { id, permission }: { id: RoleId; permission: string }): Promise<void> {
    return this.roleEditing.edit(actor, id, (role, now) => role.withdraw(permission, actor.userId, now));
  }
}
