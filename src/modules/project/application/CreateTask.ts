import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { newId } from '../../../core/domain/Id';
import { Task, type TaskChanges } from '../domain/Task';
import type { TaskId } from '../domain/TaskId';
import type { TaskRepository } from '../domain/TaskRepository';
import type { TaskTitle } from '../domain/TaskTitle';
import type { TaskRules } from './TaskRules';
import type { TaskWatchers } from './TaskWatchers';

/** Makes a task; whoever makes it and whoever is to do it watch it. */
export class CreateTask {
  constructor(
    private readonly tasks: TaskRepository,
    private readonly taskRules: TaskRules,
    private readonly taskWatchers: TaskWatchers,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws what `TaskRules` refuses */
  execute(actor: WorkspaceActor, input: TaskChanges & { readonly title: TaskTitle }): Promise<TaskId> {
    const { workspaceId, userId } = actor;
    return this.unitOfWork.run(actor, async () => {
      await this.taskRules.assertMayRefer(workspaceId, input);
      const task = Task.create(actor, { id: newId(), ...input }, this.clock.now());
      await this.tasks.save(task);
      const { id, assigneeId } = task.state;
      await this.taskWatchers.add(workspaceId, id, assigneeId ? [userId, assigneeId] : [userId]);
      return id;
    });
  }
}
