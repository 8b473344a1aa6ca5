import type { ScheduledJob } from '../../application/JobQueue';
import type { SequelizeUnitOfWork } from './SequelizeUnitOfWork';
import { statement } from './Statement';

const PURGE = statement(
  'core.purge-idempotency-keys',
  `DELETE FROM idempotency_keys WHERE created_at <= now() - interval '24 hours'`,
);

/** Keys that are too old to be found go for good. */
export class PurgeIdempotencyKeys implements ScheduledJob {
  readonly name = 'core.purge-idempotency-keys';

  readonly schedule = '7 * * * *';

  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async run(): Promise<void> {
    await this.unitOfWork.run({}, () => this.unitOfWork.execute(PURGE));
  }
}
