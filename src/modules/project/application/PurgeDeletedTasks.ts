import type { Clock } from '../../../core/application/Clock';
import type { ScheduledJob } from '../../../core/application/JobQueue';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import { RESTORABLE_MS } from '../domain/restorable';
import type { DeletedWork } from './DeletedWork';

/** So many at a time, so that no transaction lasts. */
const BATCH = 1_000;

/** Ends what was deleted 30 days ago, of all workspaces. */
export class PurgeDeletedTasks implements ScheduledJob {
  readonly name = 'project.purge-deleted-tasks';

  readonly schedule = '17 3 * * *';

  constructor(
    private readonly deletedWork: DeletedWork,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - RESTORABLE_MS);
    const purge = () => this.unitOfWork.run({ platform: true }, () => this.deletedWork.purge(before, BATCH));
    while ((await purge()) === BATCH);
  }
}
