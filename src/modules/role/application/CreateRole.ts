import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { newId } from '../../../core/domain/Id';
import type { WorkspaceRepository } from '../../workspace';
import { Role } from '../domain/Role';
import type { RoleId } from '../domain/RoleId';
import { roleKeyOf, type RoleKey } from '../domain/RoleKey';
import type { RoleName } from '../domain/RoleName';
import type { RoleRepository } from '../domain/RoleRepository';
import type { RoleEditing } from './RoleEditing';
import type { RoleGrants } from './RoleGrants';

interface Input {
  readonly key?: RoleKey;
  readonly name: RoleName;
  readonly description?: string | null;
  readonly permissions: readonly string[];
}

/** Makes a role of the workspace's own, out of permissions that its maker holds. */
export class CreateRole {
  constructor(
    private readonly workspaces: WorkspaceRepository,
    private readonly roles: RoleRepository,
    private readonly roleEditing: RoleEditing,
    private readonly memberRoles: RoleGrants,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ValidationError for unknown permissions, ForbiddenError `ROLE_ESCALATION`, ConflictError `ROLE_KEY_TAKEN` */
  async execute(actor: WorkspaceActor, input: Input): Promise<RoleId> {
    const { name, key = roleKeyOf(name), description = null, permissions } = input;
    await this.roleEditing.assertKnown(permissions, (index) => `permissions.${index}`);
    return this.unitOfWork.run(actor, async () => {
      await this.workspaces.lock(actor.workspaceId);
      await this.memberRoles.assertHolds(actor, permissions);
      const id = newId<RoleId>();
      await this.roles.save(Role.create(actor, { id, key, name, description, permissions }, this.clock.now()));
      return id;
    });
  }
}
