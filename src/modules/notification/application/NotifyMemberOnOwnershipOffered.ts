import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import { ownershipOffered as offeredEvent } from '../../workspace';
import { ownershipOffered } from '../domain/kinds';
import type { Notifications } from './Notifications';

type Facts = FactsOf<typeof offeredEvent>;

/** Tells a member that they may become owner. */
export class NotifyMemberOnOwnershipOffered implements EventHandler<Facts> {
  readonly name = 'notification.notify-member-on-ownership-offered';

  readonly on = offeredEvent;

  readonly delivery = 'durable';

  constructor(private readonly notifier: Notifications) {}

  async handle(event: DomainEvent<Facts>): Promise<void> {
    const { userId, offerId } = event.facts;
    await this.notifier.notify(event, [{ kind: ownershipOffered, to: [userId], facts: { offerId } }]);
  }
}
