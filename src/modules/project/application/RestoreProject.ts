import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { ProjectId } from '../domain/ProjectId';
import type { ProjectRepository } from '../domain/ProjectRepository';
import type { TaskRepository } from '../domain/TaskRepository';
import type { BringTaskBack } from './BringTaskBack';
import type { TaskReferences } from './TaskReferences';

/**
 * Brings a deleted project back, with the tasks that went with it, each to where it can stand; and without a lead who is
 * no active member any more.
 */
export class RestoreProject {
  constructor(
    private readonly projects: ProjectRepository,
    private readonly tasks: TaskRepository,
    private readonly taskReferences: TaskReferences,
    private readonly bringTaskBack: BringTaskBack,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError after 30 days, ConflictError `PROJECT_KEY_TAKEN` when another project has its key by now */
  execute(actor: WorkspaceActor, { id }: { id: ProjectId }): Promise<void> {
    const { workspaceId, userId } = actor;
    return this.unitOfWork.run(actor, async () => {
      const project = await this.projects.getDeleted(workspaceId, id);
      const { deletedAt, leadId } = project.state;
      if (!deletedAt) return;
      const now = this.clock.now();
      const isLed = leadId !== null && (await this.taskReferences.isActiveMember(workspaceId, leadId));
      project.undelete(userId, now, isLed ? {} : { leadId: null });
      await this.projects.save(project);
      for (const task of await this.tasks.restoreOfProject(workspaceId, id, deletedAt, now)) {
        await this.bringTaskBack.execute(actor, task, now);
      }
    });
  }
}
