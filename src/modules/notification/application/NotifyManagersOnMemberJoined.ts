import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import { memberJoined } from '../../workspace';
import { joined } from '../domain/kinds';
import type { Notifications } from './Notifications';

type Facts = FactsOf<typeof memberJoined>;

/** Tells those who may let people in that somebody came; not of the owner who made the workspace. */
export class NotifyManagersOnMemberJoined implements EventHandler<Facts> {
  readonly name = 'notification.notify-managers-on-member-joined';

  readonly on = memberJoined;

  readonly delivery = 'durable';

  constructor(private readonly notifier: Notifications) {}

  async handle(event: DomainEvent<Facts>): Promise<void> {
    const { userId } = event.facts;
    await this.notifier.notify(event, [{ kind: joined, to: 'everybody', facts: { userId } }]);
  }
}
