import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { UserId } from '../../../core/domain/Id';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import type { RoleId } from '../domain/RoleId';
import type { RoleRepository } from '../domain/RoleRepository';
import type { MemberRoleChanges } from './MemberRoleChanges';

/** Takes a role from a member, who keeps at least one. */
export class UnassignRole {
  constructor(
    private readonly roles: RoleRepository,
    private readonly memberRoleChanges: MemberRoleChanges,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * @throws NotFoundError also for a role that the member does not have, ForbiddenError `ROLE_ESCALATION`,
   * ConflictError `LAST_OWNER`, ValidationError for their only role
   */
  execute(actor: WorkspaceActor, { userId, roleId }: { userId: UserId; roleId: RoleId }): Promise<void> {
    return this.unitOfWork.run(actor, async () => {
      const { key } = (await this.roles.get(actor.workspaceId, roleId)).state;
      await this.memberRoleChanges.change(actor, userId, (current) => {
        if (!current.includes(key)) throw new NotFoundError();
        return current.filter((role) => role !== key);
      });
    });
  }
}
