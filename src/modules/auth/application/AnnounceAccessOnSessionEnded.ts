import type { AccessChanges } from '../../../core/application/AccessChanges';
import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import { sessionEnded } from '../domain/events';

type Facts = FactsOf<typeof sessionEnded>;

/** Every node closes an ended session at once, and its sockets. */
export class AnnounceAccessOnSessionEnded implements EventHandler<Facts> {
  readonly name = 'auth.announce-access-on-session-ended';

  readonly on = sessionEnded;

  readonly delivery = 'transactional';

  constructor(private readonly accessChanges: AccessChanges) {}

  async handle({ facts: { userId, sessionId } }: DomainEvent<Facts>): Promise<void> {
    await this.accessChanges.announce({ userId, sessionId });
  }
}
