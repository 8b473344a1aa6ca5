import type { AccessChanges } from '../../../core/application/AccessChanges';
import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import { memberStatusChanged } from '../../workspace';

type Facts = FactsOf<typeof memberStatusChanged>;

/** Every node forgets at once what a member was allowed who is suspended, or let in again. */
export class AnnounceAccessOnMemberStatusChanged implements EventHandler<Facts> {
  readonly name = 'role.announce-access-on-member-status-changed';

  readonly on = memberStatusChanged;

  readonly delivery = 'transactional';

  constructor(private readonly accessChanges: AccessChanges) {}

  async handle({ workspaceId, facts: { userId } }: DomainEvent<Facts>): Promise<void> {
    if (workspaceId) await this.accessChanges.announce({ workspaceId, userId });
  }
}
