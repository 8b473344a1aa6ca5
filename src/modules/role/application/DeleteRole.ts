import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { RoleId } from '../domain/RoleId';
import type { RoleEditing } from './RoleEditing';

/** Deletes a role of the workspace's own that nobody has. */
export class DeleteRole {
  constructor(private readonly roleEditing: RoleEditing) {}

  /** @throws NotFoundError, ForbiddenError `ROLE_ESCALATION` or for a built-in role, ConflictError `ROLE_IN_USE` */
  execute(actor: WorkspaceActor, { id }: { id: RoleId }): Promise<void> {
    return this.roleEditing.delete(actor, id);
  }
}
