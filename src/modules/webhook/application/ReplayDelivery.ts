import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { DeliveryRepository } from '../domain/DeliveryRepository';
import type { DeliveryId, WebhookId } from '../domain/WebhookId';
import type { DeliveryJobs } from './DeliveryJobs';

/** Sends one delivery again, arrived or not, with waits that begin anew. */
export class ReplayDelivery {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly deliveryJobs: DeliveryJobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError */
  execute(
    { workspaceId }: WorkspaceActor,
    { id, deliveryId }: { id: WebhookId; deliveryId: DeliveryId },
  ): Promise<void> {
    return this.unitOfWork.run({ workspaceId }, async () => {
      const delivery = await this.deliveries.get(workspaceId, id, deliveryId);
      delivery.replay(this.clock.now());
      await this.deliveries.save(delivery);
      await this.deliveryJobs.add(delivery);
    });
  }
}
