import type { AccessChanges } from '../../../core/application/AccessChanges';
import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import { roleChanged } from '../domain/events';

type Facts = FactsOf<typeof roleChanged>;

/** Every node forgets at once what the members of a workspace were allowed when a role holds something else. */
export class AnnounceAccessOnRoleChanged implements EventHandler<Facts> {
  readonly name = 'role.announce-access-on-role-changed';

  readonly on = roleChanged;

  readonly delivery = 'transactional';

  constructor(private readonly accessChanges: AccessChanges) {}

  async handle({ workspaceId, facts: { added, removed } }: DomainEvent<Facts>): Promise<void> {
    if (workspaceId && added.length + removed.length > 0) await this.accessChanges.announce({ workspaceId });
  }
}
