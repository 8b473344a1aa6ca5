import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { ValidationError } from '../../../core/errors/ValidationError';
import type { WorkspaceRepository } from '../../workspace';
import type { Role } from '../domain/Role';
import type { RoleId } from '../domain/RoleId';
import type { RoleRepository } from '../domain/RoleRepository';
import type { RoleGrants } from './RoleGrants';

/**
 * What all changes of a role have in common: one at a time in a workspace, and by nobody who does not hold all that the
 * role held before and holds after.
 */
export class RoleEditing {
  constructor(
    private readonly workspaces: WorkspaceRepository,
    private readonly roles: RoleRepository,
    private readonly memberRoles: RoleGrants,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError, ForbiddenError `ROLE_ESCALATION`, and what `change` throws */
  edit(actor: WorkspaceActor, id: RoleId, change: (role: Role, now: Date) => void): Promise<void> {
    return this.unitOfWork.run(actor, async () => {
      const role = await this.open(actor, id);
      const { permissions: before } = role.state;
      change(role, this.clock.now());
      await this.memberRoles.assertHolds(actor, [...before, ...role.state.permissions]);
      await this.roles.save(role);
    });
  }

  /** @throws NotFoundError, ForbiddenError `ROLE_ESCALATION`, ConflictError `ROLE_IN_USE` */
  delete(actor: WorkspaceActor, id: RoleId): Promise<void> {
    return this.unitOfWork.run(actor, async () => {
      const role = await this.open(actor, id);
      role.delete(actor.userId, this.clock.now());
      await this.memberRoles.assertHolds(actor, role.state.permissions);
      await this.roles.remove(role);
    });
  }

  /**
   * @param field what a permission is called in the request, by its position
   * @throws ValidationError that names each permission that there is not
   */
  async assertKnown(permissions: readonly string[], field: (index: number) => string): Promise<void> {
    const known = await this.roles.catalogue();
    ValidationError.assertEach(permissions, field, 'a permission of /permissions', (each) => known.has(each));
  }

  private async open({ workspaceId }: WorkspaceActor, id: RoleId): Promise<Role> {
    await this.workspaces.lock(workspaceId);
    return this.roles.get(workspaceId, id);
  }
}
