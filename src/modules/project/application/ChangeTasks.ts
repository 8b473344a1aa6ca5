import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { PreconditionError } from '../../../core/errors/PreconditionError';
import type { Task, TaskChanges, TaskState } from '../domain/Task';
import type { TaskId } from '../domain/TaskId';
import type { TaskRepository } from '../domain/TaskRepository';
import type { References } from './TaskReferences';
import type { TaskRules } from './TaskRules';
import type { TaskWatchers } from './TaskWatchers';

export interface TaskChange {
  readonly id: TaskId;
  /** The version that is meant to be changed; whichever there is, when none is named. */
  readonly version?: number;
  readonly changes: TaskChanges;
}

/** Changes tasks, each once: all of them, or none. Who is given one watches it. */
export class ChangeTasks {
  constructor(
    private readonly tasks: TaskRepository,
    private readonly taskRules: TaskRules,
    private readonly taskWatchers: TaskWatchers,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns for each in its turn, whether that was any change
   * @throws NotFoundError when one is not there, PreconditionError for another version, what `TaskRules` refuses
   */
  execute(actor: WorkspaceActor, items: readonly TaskChange[]): Promise<readonly boolean[]> {
    const { workspaceId } = actor;
    return this.unitOfWork.run(actor, async () => {
      const tasks = await this.tasks.getAll(
        workspaceId,
        items.map(({ id }) => id),
      );
      const changed: boolean[] = [];
      for (const [at, { version, changes }] of items.entries()) {
        const task = tasks[at] as Task;
        if (version !== undefined && version !== task.version) throw new PreconditionError();
        changed.push(await this.change(actor, task, changes));
      }
      return changed;
    });
  }

  private async change(actor: WorkspaceActor, task: Task, changes: TaskChanges): Promise<boolean> {
    const was = task.state;
    if (!task.update(changes, actor.userId, this.clock.now())) return false;
    await this.taskRules.assertMayRefer(actor.workspaceId, newReferences(was, task.state), was.id);
    await this.tasks.save(task);
    const { assigneeId } = task.state;
    if (assigneeId && assigneeId !== was.assigneeId) {
      await this.taskWatchers.add(actor.workspaceId, was.id, [assigneeId]);
    }
    return true;
  }
}

/** What it refers to already it may go on to, whatever has become of that. */
function newReferences(was: TaskState, { projectId, parentId, assigneeId, labelIds }: TaskState): References {
  return {
    projectId: projectId === was.projectId ? null : projectId,
    parentId: parentId === was.parentId ? null : parentId,
    assigneeId: assigneeId === was.assigneeId ? null : assigneeId,
    labelIds: labelIds.filter((id) => !was.labelIds.includes(id)),
  };
}
