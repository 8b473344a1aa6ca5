import type { Clock } from '../../../core/application/Clock';
import type { JobQueue, ScheduledJob } from '../../../core/application/JobQueue';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import { DIGEST_JOB } from './MailDigest';
import type { NotificationQueries } from './NotificationQueries';

/** Finds out whose morning it is; a job each, so that no mail waits for another. Some time zones differ by quarter hours. */
export class MailDigests implements ScheduledJob {
  readonly name = 'notification.mail-digests';

  readonly schedule = '*/15 * * * *';

  constructor(
    private readonly notificationQueries: NotificationQueries,
    private readonly jobQueue: JobQueue,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const people = await this.notificationQueries.dueForDigest(this.clock.now());
    await this.unitOfWork.run({}, async () => {
      for (const userId of people) await this.jobQueue.add(DIGEST_JOB, { userId }, `${DIGEST_JOB}:${userId}`);
    });
  }
}
