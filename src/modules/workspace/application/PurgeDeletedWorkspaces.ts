import type { Clock } from '../../../core/application/Clock';
import type { EventBus } from '../../../core/application/EventBus';
import type { ScheduledJob } from '../../../core/application/JobQueue';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceId } from '../../../core/domain/Id';
import { workspacePurged } from '../domain/events';
import type { WorkspaceRemains } from './WorkspaceRemains';

/** Workspaces that can't be restored any more go for good, with every row of every module; one transaction for each. */
export class PurgeDeletedWorkspaces implements ScheduledJob {
  readonly name = 'workspace.purge-deleted-workspaces';

  readonly schedule = '27 * * * *';

  constructor(
    private readonly workspaceRemains: WorkspaceRemains,
    private readonly eventBus: EventBus,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws the first failure, once all the others are purged */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (const workspaceId of await this.workspaceRemains.due()) {
      await this.purge(workspaceId).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  private purge(workspaceId: WorkspaceId): Promise<void> {
    return this.unitOfWork.run({}, async () => {
      // Somebody else may have been faster, or have restored it.
      if (!(await this.workspaceRemains.purge(workspaceId))) return;
      await this.eventBus.publish([workspacePurged({ at: this.clock.now() }, { purgedWorkspaceId: workspaceId })]);
    });
  }
}
