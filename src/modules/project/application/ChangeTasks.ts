import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { BulkError } from '../../../core/errors/BulkError';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import type { TaskRepository } from '../domain/TaskRepository';
import type { ChangeTask, TaskChange } from './ChangeTask';

/** Changes tasks, each once: all of them, or none. */
export class ChangeTasks {
  constructor(
    private readonly tasks: TaskRepository,
    private readonly changeTask: ChangeTask,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * @returns for each in its turn, whether that was any change
   * @throws BulkError for those that are not there, or that `ChangeTask` refuses
   */
  execute(actor: WorkspaceActor, changes: readonly TaskChange[]): Promise<readonly boolean[]> {
    const { workspaceId } = actor;
    return this.unitOfWork.run(actor, async () => {
      const ids = changes.map(({ id }) => id);
      const tasks = await this.tasks.findAll(workspaceId, ids);
      return BulkError.allOrNone('tasks', changes, async (change) => {
        const task = tasks.find(({ state }) => state.id === change.id);
        if (!task) throw NotFoundError.of('id');
        return this.changeTask.apply(actor, task, change);
      });
    });
  }
}
