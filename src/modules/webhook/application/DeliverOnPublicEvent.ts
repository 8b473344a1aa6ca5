import type { Clock } from '../../../core/application/Clock';
import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, EventKind } from '../../../core/domain/DomainEvent';
import { newId } from '../../../core/domain/Id';
import { Delivery } from '../domain/Delivery';
import type { DeliveryRepository } from '../domain/DeliveryRepository';
import type { WebhookRepository } from '../domain/WebhookRepository';
import type { DeliveryJobs } from './DeliveryJobs';

/**
 * Sends every public event on its way to each webhook of its workspace that hears it, once. The deliveries are written
 * with the change itself, so that an event costs one look at an index, and no job, where nobody listens.
 */
export class DeliverOnPublicEvent implements EventHandler {
  readonly name = 'webhook.deliver-on-public-event';

  readonly on: readonly EventKind[];

  readonly delivery = 'transactional';

  constructor(
    publicEvents: readonly EventKind[],
    private readonly webhookRepository: WebhookRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly deliveryJobs: DeliveryJobs,
    private readonly clock: Clock,
  ) {
    this.on = publicEvents;
  }

  async handle({ id: eventId, type: eventType, workspaceId }: DomainEvent): Promise<void> {
    if (!workspaceId) return;
    const webhooks = await this.webhookRepository.findAll(workspaceId);
    for (const webhook of webhooks.filter((each) => each.hears(eventType))) {
      const event = { workspaceId, webhookId: webhook.state.id, eventId, eventType };
      const delivery = Delivery.create({ id: newId(), ...event }, this.clock.now());
      if (await this.deliveries.add(delivery)) await this.deliveryJobs.add(delivery);
    }
  }
}
