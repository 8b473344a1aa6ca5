import type { EventBus, EventHandler } from '../../../core/application/EventBus';
import { OWNER_ROLE } from '../../../core/domain/Actor';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { ownershipTransferred } from '../../workspace';
import { ADMIN_ROLE } from '../domain/builtInRoles';
import { memberRolesChanged } from '../domain/events';
import type { RoleRepository } from '../domain/RoleRepository';

type Facts = FactsOf<typeof ownershipTransferred>;

/** The new owner has the role from the moment the workspace is theirs, and the old one is an admin. */
export class HandOverRolesOnOwnershipTransferred implements EventHandler<Facts> {
  readonly name = 'role.hand-over-roles-on-ownership-transferred';

  readonly on = ownershipTransferred;

  readonly delivery = 'transactional';

  constructor(
    private readonly roles: RoleRepository,
    private readonly eventBus: EventBus,
  ) {}

  async handle({ workspaceId, actorId, occurredAt: at, facts: { from, to } }: DomainEvent<Facts>): Promise<void> {
    if (!workspaceId) return;
    const events = [
      { userId: from, ...(await this.change(workspaceId, from, { add: ADMIN_ROLE, remove: OWNER_ROLE })) },
      { userId: to, ...(await this.change(workspaceId, to, { add: OWNER_ROLE })) },
    ];
    await this.eventBus.publish(events.map((facts) => memberRolesChanged({ workspaceId, actorId, at }, facts)));
  }

  private async change(
    workspaceId: WorkspaceId,
    userId: UserId,
    { add, remove }: { add: string; remove?: string },
  ): Promise<Omit<FactsOf<typeof memberRolesChanged>, 'userId'>> {
    const before = await this.roles.rolesOf(workspaceId, userId);
    const added = [add].filter((role) => !before.includes(role));
    const removed = before.filter((role) => role === remove);
    await this.roles.assign(workspaceId, userId, added);
    await this.roles.unassign(workspaceId, userId, removed);
    return { roles: await this.roles.rolesOf(workspaceId, userId), added, removed };
  }
}
