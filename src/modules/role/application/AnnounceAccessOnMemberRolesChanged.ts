import type { AccessChanges } from '../../../core/application/AccessChanges';
import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import { memberRolesChanged } from '../domain/events';

type Facts = FactsOf<typeof memberRolesChanged>;

/** Every node forgets at once what a member was allowed who has other roles now. */
export class AnnounceAccessOnMemberRolesChanged implements EventHandler<Facts> {
  readonly name = 'role.announce-access-on-member-roles-changed';

  readonly on = memberRolesChanged;

  readonly delivery = 'transactional';

  constructor(private readonly accessChanges: AccessChanges) {}

  async handle({ workspaceId, facts: { userId } }: DomainEvent<Facts>): Promise<void> {
    if (workspaceId) await this.accessChanges.announce({ workspaceId, userId });
  }
}
