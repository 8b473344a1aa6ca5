import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { Task } from '../domain/Task';
import type { TaskRepository } from '../domain/TaskRepository';
import { isOpen } from '../domain/TaskStatus';
import type { TaskReferences } from './TaskReferences';

/**
 * Brings a deleted task back to where it can stand: without its parent, unless that is there and no part itself; and,
 * while there is something to do yet, without an assignee who is no active member any more.
 */
export class BringTaskBack {
  constructor(
    private readonly tasks: TaskRepository,
    private readonly taskReferences: TaskReferences,
  ) {}

  /**
   * Inside the open unit of work.
   * @returns false for one whose project is not there: it stays deleted
   * @throws NotFoundError 30 days after it was deleted
   */
  async execute({ workspaceId, userId }: WorkspaceActor, task: Task, now: Date): Promise<boolean> {
    const { projectId, parentId, assigneeId, status } = task.state;
    const there = await this.taskReferences.lookUp(workspaceId, { projectId, parentId, assigneeId });
    if (projectId && !there.projectStatus) return false;
    const isPart = there.parentIsThere && !there.parentIsSubtask;
    const isReleased = isOpen(status) && !there.assigneeIsMember;
    task.undelete(userId, now, { ...(!isPart && { parentId: null }), ...(isReleased && { assigneeId: null }) });
    await this.tasks.save(task);
    return true;
  }
}
