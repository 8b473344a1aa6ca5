import type { WorkspaceActor } from '../../../core/domain/Actor';
import { ValidationError } from '../../../core/errors/ValidationError';
import type { RoleId } from '../domain/RoleId';
import type { RoleKey } from '../domain/RoleKey';
import type { RoleName } from '../domain/RoleName';
import type { RoleEditing } from './RoleEditing';

interface Input {
  readonly id: RoleId;
  readonly key?: RoleKey;
  readonly name?: RoleName;
  readonly description?: string | null;
  readonly permissions?: readonly string[];
}

/** Changes a role of the workspace's own: what is named, and nothing else. A key may be repeated, not changed. */
export class UpdateRole {
  constructor(private readonly roleEditing: RoleEditing) {}

  /** @throws NotFoundError, ValidationError, ForbiddenError `ROLE_ESCALATION` or for a built-in role */
  async execute(actor: WorkspaceActor, { id, key, ...difference }: Input): Promise<void> {
    await this.roleEditing.assertKnown(difference.permissions ?? [], (index) => `permissions.${index}`);
    await this.roleEditing.edit(actor, id, (role, now) => {
      role.edit(difference, actor.userId, now);
      if (key !== undefined && key !== role.state.key) {
        throw ValidationError.field('key', 'key is given once and can not be changed.');
      }
    });
  }
}
