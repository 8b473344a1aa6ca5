import type { Clock } from '../../../core/application/Clock';
import { eventMessage } from '../../../core/application/eventMessage';
import type { JobTask } from '../../../core/application/JobQueue';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import { AppError } from '../../../core/errors/AppError';
import { UnavailableError } from '../../../core/errors/UnavailableError';
import type { WorkspaceRepository } from '../../workspace';
import type { Delivery, DeliveryFailure, Outcome } from '../domain/Delivery';
import type { DeliveryRepository } from '../domain/DeliveryRepository';
import type { Webhook } from '../domain/Webhook';
import type { WebhookRepository } from '../domain/WebhookRepository';
import { signedHeaders } from '../domain/webhookSecret';
import type { WebhookUrl } from '../domain/WebhookUrl';
import { DELIVER_JOB, type DeliveryJob, type DeliveryJobs } from './DeliveryJobs';
import type { WebhookSender } from './WebhookSender';
import type { WorkspaceEvents } from './WorkspaceEvents';

interface Letter {
  readonly url: WebhookUrl;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * One attempt of a delivery. What came of it is written after the answer, so a node that dies in between sends it once
 * more: receivers know it by its id.
 */
export class Deliver implements JobTask<DeliveryJob> {
  readonly name = DELIVER_JOB;

  readonly workers = 8;

  constructor(
    private readonly webhookRepository: WebhookRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly deliveryJobs: DeliveryJobs,
    private readonly workspaceEvents: WorkspaceEvents,
    private readonly webhookSender: WebhookSender,
    private readonly workspaces: WorkspaceRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async run(job: DeliveryJob): Promise<void> {
    const letter = await this.underWay(job, (webhook, delivery) => this.prepare(webhook, delivery));
    if (!letter) return;
    const outcome = await this.webhookSender.post(letter.url, letter.headers, letter.body);
    await this.underWay(job, (webhook, delivery) => this.record(webhook, delivery, outcome));
  }

  /** Does something about a delivery, unless it has ended meanwhile, or its webhook was deleted. */
  private underWay<Result>(
    { workspaceId, webhookId, deliveryId }: DeliveryJob,
    work: (webhook: Webhook, delivery: Delivery) => Promise<Result>,
  ): Promise<Result | null> {
    return this.unitOfWork.run({ workspaceId }, async () => {
      const webhook = await this.webhookRepository.find(workspaceId, webhookId);
      if (!webhook) return null;
      const delivery = await this.deliveries.get(workspaceId, webhookId, deliveryId);
      return delivery.isPending ? work(webhook, delivery) : null;
    });
  }

  /** Null when it is not to be sent. */
  private async prepare(webhook: Webhook, delivery: Delivery): Promise<Letter | null> {
    const obstacle = await this.obstacleFor(webhook);
    if (obstacle) {
      delivery.abandon(obstacle);
      await this.deliveries.save(delivery);
      return null;
    }
    const { workspaceId, eventId } = delivery.state;
    const event = await this.workspaceEvents.get(workspaceId, eventId);
    const { type, occurredAt } = event;
    const body = JSON.stringify({ type, timestamp: occurredAt.toISOString(), data: eventMessage(event) });
    const at = this.clock.now();
    return { url: webhook.state.url, headers: signedHeaders(webhook.secrets(at), { id: eventId, at, body }), body };
  }

  private async obstacleFor({ isEnabled, state }: Webhook): Promise<DeliveryFailure | null> {
    if (!isEnabled) return 'WEBHOOK_DISABLED';
    try {
      (await this.workspaces.get(state.workspaceId)).assertOpen();
      return null;
    } catch (error) {
      if (error instanceof AppError && !(error instanceof UnavailableError)) return 'WORKSPACE_INACTIVE';
      throw error;
    }
  }

  private async record(webhook: Webhook, delivery: Delivery, outcome: Outcome): Promise<void> {
    const now = this.clock.now();
    delivery.attempted(outcome, now);
    await this.deliveries.save(delivery);
    if (delivery.isPending) {
      await this.deliveryJobs.add(delivery);
    } else if (webhook.deliveryEnded(delivery.state.status === 'delivered', now)) {
      await this.webhookRepository.save(webhook);
    }
  }
}
