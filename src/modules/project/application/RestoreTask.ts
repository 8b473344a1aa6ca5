import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { ConflictError } from '../../../core/errors/ConflictError';
import type { TaskId } from '../domain/TaskId';
import type { TaskRepository } from '../domain/TaskRepository';
import type { BringTaskBack } from './BringTaskBack';

/** Brings a deleted task back, with the parts that went with it, each to where it can stand. */
export class RestoreTask {
  constructor(
    private readonly tasks: TaskRepository,
    private readonly bringTaskBack: BringTaskBack,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError after 30 days, ConflictError while its project is deleted itself */
  execute(actor: WorkspaceActor, { id }: { id: TaskId }): Promise<void> {
    const { workspaceId } = actor;
    return this.unitOfWork.run(actor, async () => {
      const task = await this.tasks.getDeleted(workspaceId, id);
      const { deletedAt } = task.state;
      if (!deletedAt) return;
      const now = this.clock.now();
      if (!(await this.bringTaskBack.execute(actor, task, now))) {
        throw new ConflictError('CONFLICT', 'Its project is deleted; restore that first.');
      }
      for (const part of await this.tasks.findSubtasks(workspaceId, id, deletedAt)) {
        await this.bringTaskBack.execute(actor, part, now);
      }
    });
  }
}
