import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { TaskId } from '../domain/TaskId';
import type { TaskRepository } from '../domain/TaskRepository';

/** Deletes a task with its parts. Nothing is lost for 30 days. */
export class DeleteTask {
  constructor(
    private readonly tasks: TaskRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError */
  execute(actor: WorkspaceActor, { id }: { id: TaskId }): Promise<void> {
    const { workspaceId, userId } = actor;
    return this.unitOfWork.run(actor, async () => {
      const task = await this.tasks.get(workspaceId, id);
      const now = this.clock.now();
      for (const each of [task, ...(await this.tasks.findSubtasks(workspaceId, id, null))]) {
        each.delete(userId, now);
        await this.tasks.save(each);
      }
    });
  }
}
