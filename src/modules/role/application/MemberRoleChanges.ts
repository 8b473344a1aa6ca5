import type { Clock } from '../../../core/application/Clock';
import type { EventBus } from '../../../core/application/EventBus';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import { OWNER_ROLE, type WorkspaceActor } from '../../../core/domain/Actor';
import type { UserId } from '../../../core/domain/Id';
import { ValidationError } from '../../../core/errors/ValidationError';
import type { OwnerRules, Workspace, WorkspaceRepository } from '../../workspace';
import { memberRolesChanged } from '../domain/events';
import type { RoleRepository } from '../domain/RoleRepository';
import type { RoleGrants } from './RoleGrants';

/**
 * What all changes of a member's roles have in common: one at a time in a workspace, judged by what is so at that
 * moment. Each role that is given or taken holds no more than its giver or taker, only an owner touches an owner, and
 * one owner is left.
 */
export class MemberRoleChanges {
  constructor(
    private readonly workspaces: WorkspaceRepository,
    private readonly roles: RoleRepository,
    private readonly memberRoles: RoleGrants,
    private readonly ownerRules: OwnerRules,
    private readonly eventBus: EventBus,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @param next from the keys of the roles the member has, in order, to those they shall have; the same change nothing
   * @throws NotFoundError, ForbiddenError `ROLE_ESCALATION`, ConflictError `LAST_OWNER`, ValidationError for an unknown
   * role, and what `next` throws
   */
  change(
    actor: WorkspaceActor,
    userId: UserId,
    next: (current: readonly string[]) => readonly string[],
  ): Promise<void> {
    const { workspaceId } = actor;
    return this.unitOfWork.run(actor, async () => {
      const workspace = await this.workspaces.lock(workspaceId);
      const current = await this.roles.rolesOf(workspaceId, userId);
      await this.ownerRules.assertMayTouch(actor, userId);
      const roles = next(current);
      const added = roles.filter((role) => !current.includes(role));
      const removed = current.filter((role) => !roles.includes(role));
      if (added.length + removed.length === 0) return;
      for (const role of [...added, ...removed]) await this.memberRoles.assertMayGrant(actor, role);
      if (removed.includes(OWNER_ROLE)) await this.ownerRules.assertNotLast(workspaceId, userId);
      if (roles.length === 0) throw ValidationError.field('roles', 'A member keeps at least one role.');
      await this.roles.assign(workspaceId, userId, added);
      await this.roles.unassign(workspaceId, userId, removed);
      if (removed.includes(OWNER_ROLE)) await this.nameAnother(workspace, userId, actor);
      const context = { workspaceId, actorId: actor.userId, at: this.clock.now() };
      await this.eventBus.publish([memberRolesChanged(context, { userId, roles, added, removed })]);
    });
  }

  /** The workspace names one of its owners: another one, when that one is none any more. */
  private async nameAnother(workspace: Workspace, userId: UserId, actor: WorkspaceActor): Promise<void> {
    const { id, ownerId } = workspace.state;
    const [another] = await this.memberRoles.owners(id);
    if (ownerId !== userId || !another) return;
    workspace.nameOwner(another, actor.userId, this.clock.now());
    await this.workspaces.save(workspace);
  }
}
