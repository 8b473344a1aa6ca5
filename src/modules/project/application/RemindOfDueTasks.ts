import type { Clock } from '../../../core/application/Clock';
import type { EventBus } from '../../../core/application/EventBus';
import type { ScheduledJob } from '../../../core/application/JobQueue';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceId } from '../../../core/domain/Id';
import { DUE_SOON_MS, dueSoonUntil } from '../domain/dueSoonUntil';
import { taskDueSoon } from '../domain/events';
import type { DueTasks } from './DueTasks';

/** So many at a time, so that no transaction lasts. */
const BATCH = 100;

/**
 * Finds what is due soon in all workspaces, each in its own time zone: once for each task and due date. Some time zones
 * differ by quarter hours.
 */
export class RemindOfDueTasks implements ScheduledJob {
  readonly name = 'project.remind-of-due-tasks';

  readonly schedule = '*/15 * * * *';

  constructor(
    private readonly dueTasks: DueTasks,
    private readonly eventBus: EventBus,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws the first failure, once all the other workspaces are done */
  async run(): Promise<void> {
    const now = this.clock.now();
    const failures: unknown[] = [];
    const workspaces = await this.dueTasks.workspaces(now, new Date(now.getTime() + DUE_SOON_MS));
    for (const { workspaceId, timezone } of workspaces) {
      await this.remind(workspaceId, now, timezone).catch((error: unknown) => failures.push(error));
    }
    await this.unitOfWork.run({ platform: true }, () => this.dueTasks.forget(now));
    if (failures.length > 0) throw failures[0];
  }

  private async remind(workspaceId: WorkspaceId, now: Date, timezone: string): Promise<void> {
    const until = dueSoonUntil(now, timezone);
    const take = () =>
      this.unitOfWork.run({ workspaceId }, async () => {
        const tasks = await this.dueTasks.take(workspaceId, now, until, BATCH);
        await this.eventBus.publish(
          tasks.map(({ dueDate, ...task }) =>
            taskDueSoon({ workspaceId, at: now }, { ...task, dueDate: dueDate.toISOString() }),
          ),
        );
        return tasks.length;
      });
    while ((await take()) === BATCH);
  }
}
