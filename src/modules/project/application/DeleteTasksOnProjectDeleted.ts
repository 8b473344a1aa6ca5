import type { EventHandler } from '../../../core/application/EventBus';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import { projectDeleted } from '../domain/events';
import type { ProjectRepository } from '../domain/ProjectRepository';
import type { TaskRepository } from '../domain/TaskRepository';

type Facts = FactsOf<typeof projectDeleted>;

/**
 * Deletes what came into a project while it was being deleted: a deletion on a condition (If-Match) sees tasks as they
 * were before it waited for those who put some into the project.
 */
export class DeleteTasksOnProjectDeleted implements EventHandler<Facts> {
  readonly name = 'project.delete-tasks-on-project-deleted';

  readonly on = projectDeleted;

  readonly delivery = 'durable';

  constructor(
    private readonly projects: ProjectRepository,
    private readonly tasks: TaskRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async handle({ workspaceId, actorId, facts: { projectId } }: DomainEvent<Facts>): Promise<void> {
    if (!workspaceId) return;
    await this.unitOfWork.run({ workspaceId }, async () => {
      const { deletedAt } = (await this.projects.getDeleted(workspaceId, projectId)).state;
      // It may be restored by now.
      if (!deletedAt) return;
      for (const task of await this.tasks.findOfProject(workspaceId, projectId)) {
        task.delete(actorId, deletedAt);
        await this.tasks.save(task);
      }
    });
  }
}
