import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import type { Notifications } from '../../notification';
import { webhookDisabled } from '../domain/events';
import { webhookGivenUp } from '../domain/kinds';

type Facts = FactsOf<typeof webhookDisabled>;

/** Tells those who manage webhooks that the platform has disabled one; who does it by hand knows. */
export class NotifyManagersOnWebhookDisabled implements EventHandler<Facts> {
  readonly name = 'webhook.notify-managers-on-webhook-disabled';

  readonly on = webhookDisabled;

  readonly delivery = 'durable';

  constructor(private readonly notifier: Notifications) {}

  async handle(event: DomainEvent<Facts>): Promise<void> {
    const { webhookId, host, reason } = event.facts;
    if (reason === 'by-hand') return;
    await this.notifier.notify(event, [{ kind: webhookGivenUp, to: 'everybody', facts: { webhookId, host } }]);
  }
}
