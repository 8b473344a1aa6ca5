import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { RoleId } from '../domain/RoleId';
import type { RoleEditing } from './RoleEditing';

/** Adds a permission to a role of the workspace's own; one that it holds already changes nothing. */
export class GrantPermission {
  constructor(private readonly roleEditing: RoleEditing) {}

  /** @throws NotFoundError, ValidationError, ForbiddenError `ROLE_ESCALATION` or for a built-in role */
  async execute(actor: WorkspaceActor, { id, permission }: { id: RoleId; permission: string }): Promise<void> {
    await this.roleEditing.assertKnown([permission], () => 'permission');
    await this.roleEditing.edit(actor, id, (role, now) => role.grant(permission, actor.userId, now));
  }
}
