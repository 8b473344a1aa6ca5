import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import { ownershipTransferred } from '../../workspace';
import type { RoleRepository } from '../domain/RoleRepository';

type Facts = FactsOf<typeof ownershipTransferred>;

/** The new owner has the role from the moment the workspace is theirs, and the old one is an admin. */
export class HandOverRolesOnOwnershipTransferred implements EventHandler<Facts> {
  readonly name = 'role.hand-over-roles-on-ownership-transferred';

  readonly on = ownershipTransferred;

  readonly delivery = 'transactional';

  constructor(private readonly roles: RoleRepository) {}

  async handle({ workspaceId, facts: { from, to } }: DomainEvent<Facts>): Promise<void> {
    if (workspaceId) await this.roles.handOverOwnership(workspaceId, from, to);
  }
}
