import type { JobQueue } from '../../../core/application/JobQueue';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { Delivery } from '../domain/Delivery';
import type { DeliveryId, WebhookId } from '../domain/WebhookId';

export const DELIVER_JOB = 'webhook.deliver';

export interface DeliveryJob {
  readonly workspaceId: WorkspaceId;
  readonly webhookId: WebhookId;
  readonly deliveryId: DeliveryId;
}

/** The jobs that make deliveries, one for each. */
export class DeliveryJobs {
  constructor(private readonly jobQueue: JobQueue) {}

  /**
   * Sees to the next attempt, in the open unit of work; one that waits for a later moment gives way. A webhook's
   * deliveries take turns, so that a slow receiver holds up its own and nobody else's.
   */
  async add({ state }: Delivery): Promise<void> {
    const { id: deliveryId, workspaceId, webhookId, nextAttemptAt } = state;
    await this.jobQueue.add(
      DELIVER_JOB,
      { workspaceId, webhookId, deliveryId } satisfies DeliveryJob,
      `${DELIVER_JOB}:${deliveryId}`,
      { lane: `webhook:${webhookId}`, ...(nextAttemptAt && { notBefore: nextAttemptAt }) },
    );
  }
}
