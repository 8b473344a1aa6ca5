import type { AccessChanges } from '../../../core/application/AccessChanges';
import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import { memberJoined } from '../../workspace';
import type { RoleRepository } from '../domain/RoleRepository';

type Facts = FactsOf<typeof memberJoined>;

/** A membership begins with its roles. */
export class AssignRolesOnMemberJoined implements EventHandler<Facts> {
  readonly name = 'role.assign-roles-on-member-joined';

  readonly on = memberJoined;

  readonly delivery = 'transactional';

  constructor(
    private readonly roles: RoleRepository,
    private readonly accessChanges: AccessChanges,
  ) {}

  async handle({ workspaceId, facts: { userId, roles } }: DomainEvent<Facts>): Promise<void> {
    if (!workspaceId) return;
    await this.roles.assign(workspaceId, userId, roles);
    await this.accessChanges.announce({ workspaceId, userId });
  }
}
