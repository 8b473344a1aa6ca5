import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { ConflictError } from '../../../core/errors/ConflictError';
import type { TaskId } from '../domain/TaskId';
import type { TaskRepository } from '../domain/TaskRepository';
import type { TaskReferences } from './TaskReferences';

/** Brings a deleted task back, with the parts that went with it. */
export class RestoreTask {
  constructor(
    private readonly tasks: TaskRepository,
    private readonly taskReferences: TaskReferences,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError after 30 days, ConflictError while its project, or what it is a part of, is deleted itself */
  execute(actor: WorkspaceActor, { id }: { id: TaskId }): Promise<void> {
    const { workspaceId, userId } = actor;
    return this.unitOfWork.run(actor, async () => {
      const task = await this.tasks.getDeleted(workspaceId, id);
      const { deletedAt, projectId, parentId } = task.state;
      if (!deletedAt) return;
      const there = await this.taskReferences.lookUp(workspaceId, { projectId, parentId });
      if ((projectId && !there.projectStatus) || (parentId && !there.parentIsThere)) {
        throw new ConflictError('CONFLICT', 'What it belongs to is deleted; restore that first.');
      }
      const now = this.clock.now();
      for (const each of [task, ...(await this.tasks.findSubtasks(workspaceId, id, deletedAt))]) {
        each.undelete(userId, now);
        await this.tasks.save(each);
      }
    });
  }
}
