import type { ScheduledJob } from '../../../core/application/JobQueue';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';

const PURGE = statement(
  'notification.purge',
  `DELETE FROM notifications WHERE created_at < now() - interval '90 days'`,
);

const PURGE_EVENTS = statement(
  'notification.purge-events',
  `DELETE FROM notified_events WHERE created_at < now() - interval '90 days'`,
);

/** What is older than 90 days goes for good, read or not. */
export class PurgeOldNotifications implements ScheduledJob {
  readonly name = 'notification.purge-old';

  readonly schedule = '37 3 * * *';

  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async run(): Promise<void> {
    await this.unitOfWork.run({ platform: true }, async () => {
      await this.unitOfWork.execute(PURGE);
      await this.unitOfWork.execute(PURGE_EVENTS);
    });
  }
}
