import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import { workspaceCreated } from '../../workspace';
import type { RoleRepository } from '../domain/RoleRepository';

type Facts = FactsOf<typeof workspaceCreated>;

/** No workspace without its built-in roles, not even for a moment. */
export class AddBuiltInRolesOnWorkspaceCreated implements EventHandler<Facts> {
  readonly name = 'role.add-built-in-roles-on-workspace-created';

  readonly on = workspaceCreated;

  readonly delivery = 'transactional';

  constructor(private readonly roles: RoleRepository) {}

  async handle({ workspaceId, occurredAt }: DomainEvent<Facts>): Promise<void> {
    if (workspaceId) await this.roles.addBuiltIn(workspaceId, occurredAt);
  }
}
