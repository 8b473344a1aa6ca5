import type { ScheduledJob } from '../../application/JobQueue';
import type { SequelizeUnitOfWork } from '../database/SequelizeUnitOfWork';
import { statement } from '../database/Statement';

const PURGE = statement(
  'core.purge-handled-events',
  `DELETE FROM handled_events WHERE handled_at <= now() - interval '30 days'`,
);

/** A job is given up long before it is forgotten here that another one like it has succeeded. */
export class PurgeHandledEvents implements ScheduledJob {
  readonly name = 'core.purge-handled-events';

  readonly schedule = '17 * * * *';

  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async run(): Promise<void> {
    await this.unitOfWork.run({}, () => this.unitOfWork.execute(PURGE));
  }
}
