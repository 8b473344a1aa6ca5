import type { AccessChanges } from '../../../core/application/AccessChanges';
import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import { memberLeft } from '../../workspace';

type Facts = FactsOf<typeof memberLeft>;

/** Every node forgets at once what a former member was allowed. */
export class AnnounceAccessOnMemberLeft implements EventHandler<Facts> {
  readonly name = 'role.announce-access-on-member-left';

  readonly on = memberLeft;

  readonly delivery = 'transactional';

  constructor(private readonly accessChanges: AccessChanges) {}

  async handle({ workspaceId, facts: { userId } }: DomainEvent<Facts>): Promise<void> {
    if (workspaceId) await this.accessChanges.announce({ workspaceId, userId });
  }
}
