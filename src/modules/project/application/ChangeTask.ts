import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { PreconditionError } from '../../../core/errors/PreconditionError';
import type { Task, TaskChanges, TaskState } from '../domain/Task';
import type { TaskId } from '../domain/TaskId';
import type { TaskRepository } from '../domain/TaskRepository';
import { isOpen } from '../domain/TaskStatus';
import type { References } from './TaskReferences';
import type { TaskRules } from './TaskRules';
import type { TaskWatchers } from './TaskWatchers';

export interface TaskChange {
  readonly id: TaskId;
  /** The version that is meant to be changed; whichever there is, when none is named. */
  readonly version?: number;
  readonly changes: TaskChanges;
}

/** Changes a task. Who is given it watches it. */
export class ChangeTask {
  constructor(
    private readonly tasks: TaskRepository,
    private readonly taskRules: TaskRules,
    private readonly taskWatchers: TaskWatchers,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError when it is not there, and what `apply` throws */
  execute(actor: WorkspaceActor, change: TaskChange): Promise<void> {
    return this.unitOfWork.run(actor, async () => {
      await this.apply(actor, await this.tasks.get(actor.workspaceId, change.id), change);
    });
  }

  /**
   * Changes it inside the open unit of work.
   * @returns whether that was any change
   * @throws PreconditionError for another version, what `TaskRules` refuses
   */
  async apply(actor: WorkspaceActor, task: Task, { version, changes }: TaskChange): Promise<boolean> {
    if (version !== undefined && version !== task.version) throw new PreconditionError();
    const was = task.state;
    const byStatus = await this.taskRules.changesBy(was, changes.status ?? was.status);
    if (!task.update({ ...byStatus, ...changes }, actor.userId, this.clock.now())) return false;
    await this.taskRules.assertMayRefer(actor.workspaceId, newReferences(was, task.state), was.id);
    await this.tasks.save(task);
    const { assigneeId } = task.state;
    if (assigneeId && assigneeId !== was.assigneeId) {
      await this.taskWatchers.add(actor.workspaceId, was.id, [assigneeId]);
    }
    return true;
  }
}

/** What it refers to already it may go on to, whatever has become of that; but it is opened again for members alone. */
function newReferences(was: TaskState, { status, projectId, parentId, assigneeId, labelIds }: TaskState): References {
  const isOpened = isOpen(status) && !isOpen(was.status);
  return {
    projectId: projectId === was.projectId ? null : projectId,
    parentId: parentId === was.parentId ? null : parentId,
    assigneeId: assigneeId === was.assigneeId && !isOpened ? null : assigneeId,
    labelIds: labelIds.filter((id) => !was.labelIds.includes(id)),
  };
}
