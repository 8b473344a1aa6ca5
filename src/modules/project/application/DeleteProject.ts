import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { ProjectId } from '../domain/ProjectId';
import type { ProjectRepository } from '../domain/ProjectRepository';
import type { TaskRepository } from '../domain/TaskRepository';

/** Deletes a project with its tasks. Nothing is lost for 30 days. */
export class DeleteProject {
  constructor(
    private readonly projects: ProjectRepository,
    private readonly tasks: TaskRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError */
  execute(actor: WorkspaceActor, { id }: { id: ProjectId }): Promise<void> {
    const { workspaceId, userId } = actor;
    return this.unitOfWork.run(actor, async () => {
      const project = await this.projects.get(workspaceId, id);
      const now = this.clock.now();
      project.delete(userId, now);
      await this.projects.save(project);
      await this.tasks.deleteOfProject(workspaceId, id, now);
    });
  }
}
