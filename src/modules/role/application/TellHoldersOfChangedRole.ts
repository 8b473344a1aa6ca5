import type { LoggedEvent } from '../../../core/application/EventBus';
import type { EventFeed } from '../../../core/application/EventFeed';
import type { Logger } from '../../../core/application/Logger';
import type { PersonalMessages } from '../../../core/application/PersonalMessages';
import type { FactsOf } from '../../../core/domain/DomainEvent';
import { PERMISSIONS_CHANGED, roleChanged } from '../domain/events';
import type { RoleQueries } from './RoleQueries';

/**
 * Those who have a role hear on their connections that it holds something else now, as if they had another role. After
 * the commit, by each node to those who are connected to it, and in no event of its own: a role may have a hundred
 * thousand holders.
 */
export class TellHoldersOfChangedRole {
  constructor(
    eventFeed: Pick<EventFeed, 'subscribe'>,
    private readonly roleQueries: RoleQueries,
    private readonly personalMessages: PersonalMessages,
    private readonly logger: Logger,
  ) {
    eventFeed.subscribe((event) =>
      this.tell(event).catch((error: unknown) => this.logger.warn('Holders of a role could not be told', { error })),
    );
  }

  private async tell(event: LoggedEvent): Promise<void> {
    if (event.type !== roleChanged.name || !event.workspaceId) return;
    const { role, added, removed } = event.facts as FactsOf<typeof roleChanged>;
    if (added.length + removed.length === 0) return;
    const people = await this.roleQueries.holdersOf(event.workspaceId, role.id);
    this.personalMessages.tell(people, PERMISSIONS_CHANGED, event);
  }
}
