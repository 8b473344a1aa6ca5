import type { Clock } from '../../../core/application/Clock';
import type { EventBus } from '../../../core/application/EventBus';
import type { FailedJobs } from '../../../core/application/FailedJobs';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import { jobReplayed } from '../domain/events';

/** Has a failed job tried again now, as if it had never failed. For platform admins. */
export class ReplayJob {
  constructor(
    private readonly failedJobs: FailedJobs,
    private readonly eventBus: EventBus,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError for one that has not failed, or is running */
  execute({ userId: actorId }: UserActor, { id: jobId }: { id: string }): Promise<void> {
    return this.unitOfWork.run({}, async () => {
      const task = await this.failedJobs.replay(jobId);
      await this.eventBus.publish([jobReplayed({ actorId, at: this.clock.now() }, { jobId, task })]);
    });
  }
}
