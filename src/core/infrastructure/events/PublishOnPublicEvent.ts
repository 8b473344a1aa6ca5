import type { EventHandler, LoggedEvent } from '../../application/EventBus';
import type { EventKind } from '../../domain/DomainEvent';
import type { AmqpBroker } from './AmqpBroker';

/** Tells the message broker what happens, at least once. It is registered only where there is one. */
export class PublishOnPublicEvent implements EventHandler {
  readonly name = 'core.publish-on-public-event';

  readonly delivery = 'durable';

  constructor(
    readonly on: readonly EventKind[],
    private readonly broker: AmqpBroker,
  ) {}

  /** A durable handler is given what stands in the log, and so its cursor too. */
  handle(event: LoggedEvent): Promise<void> {
    return this.broker.publish(event);
  }
}
