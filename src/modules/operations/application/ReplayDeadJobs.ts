import type { Clock } from '../../../core/application/Clock';
import type { EventBus } from '../../../core/application/EventBus';
import type { FailedJobs } from '../../../core/application/FailedJobs';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import { deadJobsReplayed } from '../domain/events';

/** So many at a time: they all become due at once. */
const MOST = 1_000;

/** Has the dead jobs of a task tried again now, once what they died of is mended. For platform admins. */
export class ReplayDeadJobs {
  constructor(
    private readonly failedJobs: FailedJobs,
    private readonly eventBus: EventBus,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @returns how many: up to a thousand, the oldest first */
  execute({ userId: actorId }: UserActor, { task }: { task: string }): Promise<number> {
    return this.unitOfWork.run({}, async () => {
      const jobs = await this.failedJobs.replayDead(task, MOST);
      if (jobs > 0) await this.eventBus.publish([deadJobsReplayed({ actorId, at: this.clock.now() }, { task, jobs })]);
      return jobs;
    });
  }
}
