import type { Clock } from '../../../core/application/Clock';
import type { LoggedEvent } from '../../../core/application/EventBus';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { newId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import { ValidationError } from '../../../core/errors/ValidationError';
import { Delivery } from '../domain/Delivery';
import type { DeliveryRepository } from '../domain/DeliveryRepository';
import type { Webhook } from '../domain/Webhook';
import type { WebhookId } from '../domain/WebhookId';
import type { WebhookRepository } from '../domain/WebhookRepository';
import type { DeliveryJobs } from './DeliveryJobs';
import type { WorkspaceEvents } from './WorkspaceEvents';

interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** How many events one replay goes through; more take several, one after the other. */
const MAX_EVENTS = 500;

/** Sends everything again that a webhook hears and that happened in a span of time, whether or not it was ever sent. */
export class ReplayTimeSpan {
  constructor(
    private readonly webhookRepository: WebhookRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly deliveryJobs: DeliveryJobs,
    private readonly workspaceEvents: WorkspaceEvents,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns how many are on their way
   * @throws NotFoundError, ConflictError for a webhook that is disabled, ValidationError for a span that is none, or in
   * which too much happened
   */
  execute(actor: WorkspaceActor, { id, ...span }: { id: WebhookId } & Span): Promise<number> {
    const { workspaceId, userId } = actor;
    if (span.from >= span.to) throw ValidationError.field('to', 'to must be after from.');
    return this.unitOfWork.run(actor, async () => {
      const webhook = await this.webhookRepository.get(workspaceId, id);
      if (!webhook.isEnabled) throw new ConflictError('CONFLICT', 'The webhook is disabled; enable it first.');
      const happened = await this.workspaceEvents.between(workspaceId, span, MAX_EVENTS + 1);
      if (happened.length > MAX_EVENTS) {
        throw ValidationError.field('to', `to must be earlier: more than ${MAX_EVENTS} events happened in this span.`);
      }
      const heard = happened.filter(({ type }) => webhook.hears(type));
      for (const event of heard) await this.deliveryJobs.add(await this.fresh(webhook, event));
      webhook.replay(span, heard.length, userId, this.clock.now());
      await this.webhookRepository.save(webhook);
      return heard.length;
    });
  }

  private async fresh({ state }: Webhook, { id: eventId, type: eventType }: LoggedEvent): Promise<Delivery> {
    const { workspaceId, id: webhookId } = state;
    const now = this.clock.now();
    const sent = await this.deliveries.findByEvent(workspaceId, webhookId, eventId);
    if (sent) {
      sent.replay(now);
      await this.deliveries.save(sent);
      return sent;
    }
    const unsent = Delivery.create({ id: newId(), workspaceId, webhookId, eventId, eventType }, now);
    // The event's own job adds it in this moment: both are one delivery, and whoever comes second waits for the first.
    if (!(await this.deliveries.add(unsent))) throw ConflictError.stale();
    return unsent;
  }
}
