import type { Clock } from '../../../core/application/Clock';
import type { EventHandler } from '../../../core/application/EventBus';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import { memberLeft } from '../../workspace';
import type { ProjectRepository } from '../domain/ProjectRepository';
import type { TaskRepository } from '../domain/TaskRepository';
import type { TaskReferences } from './TaskReferences';

type Facts = FactsOf<typeof memberLeft>;

/** So many tasks at a time, so that no transaction lasts. */
const BATCH = 100;

/** What somebody who has left was to do, or to lead, is anybody's again. What they have done stays theirs. */
export class ReleaseWorkOnMemberLeft implements EventHandler<Facts> {
  readonly name = 'project.release-work-on-member-left';

  readonly on = memberLeft;

  readonly delivery = 'durable';

  constructor(
    private readonly projects: ProjectRepository,
    private readonly tasks: TaskRepository,
    private readonly taskReferences: TaskReferences,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async handle(event: DomainEvent<Facts>): Promise<void> {
    while ((await this.release(event)) === BATCH);
  }

  private async release({ workspaceId, actorId, facts: { userId } }: DomainEvent<Facts>): Promise<number> {
    if (!workspaceId) return 0;
    return this.unitOfWork.run({ workspaceId }, async () => {
      // Who is back by now is not to lose what they were given since.
      if (await this.taskReferences.isActiveMember(workspaceId, userId)) return 0;
      const now = this.clock.now();
      for (const project of await this.projects.findLedBy(workspaceId, userId)) {
        project.update({ leadId: null }, actorId, now);
        await this.projects.save(project);
      }
      const tasks = await this.tasks.findOpenOf(workspaceId, userId, BATCH);
      for (const task of tasks) {
        task.update({ assigneeId: null }, actorId, now);
        await this.tasks.save(task);
      }
      return tasks.length;
    });
  }
}
