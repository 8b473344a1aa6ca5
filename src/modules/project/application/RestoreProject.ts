import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { ProjectId } from '../domain/ProjectId';
import type { ProjectRepository } from '../domain/ProjectRepository';
import type { TaskRepository } from '../domain/TaskRepository';

/** Brings a deleted project back, with the tasks that went with it. */
export class RestoreProject {
  constructor(
    private readonly projects: ProjectRepository,
    private readonly tasks: TaskRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError after 30 days, ConflictError `PROJECT_KEY_TAKEN` when another project has its key by now */
  execute(actor: WorkspaceActor, { id }: { id: ProjectId }): Promise<void> {
    const { workspaceId, userId } = actor;
    return this.unitOfWork.run(actor, async () => {
      const project = await this.projects.getDeleted(workspaceId, id);
      const { deletedAt } = project.state;
      if (!deletedAt) return;
      project.undelete(userId, this.clock.now());
      await this.projects.save(project);
      await this.tasks.restoreOfProject(workspaceId, id, deletedAt);
    });
  }
}
