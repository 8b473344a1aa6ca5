import type { Clock } from '../../../core/application/Clock';
import type { ScheduledJob } from '../../../core/application/JobQueue';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { DeliveryRepository } from '../domain/DeliveryRepository';

/** How long the log of deliveries goes back, in milliseconds: 30 days. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

export class PurgeDeliveries implements ScheduledJob {
  readonly name = 'webhook.purge-deliveries';

  readonly schedule = '47 * * * *';

  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_MS);
    await this.unitOfWork.run({ platform: true }, () => this.deliveries.purge(before));
  }
}
