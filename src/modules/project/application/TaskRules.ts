import type { WorkspaceId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import { UnprocessableError } from '../../../core/errors/UnprocessableError';
import { invalidParent, type TaskChanges, type TaskState } from '../domain/Task';
import type { TaskId } from '../domain/TaskId';
import { isOpen, type TaskStatus } from '../domain/TaskStatus';
import type { References, TaskReferences } from './TaskReferences';

/** What the task is to refer to must be there, in its workspace. */
export class TaskRules {
  constructor(private readonly taskReferences: TaskReferences) {}

  /**
   * @param references those that are new to the task
   * @param id of a task that may have parts already
   * @throws NotFoundError for a project, parent or label that is not there, ConflictError for an archived project, the parent's too,
   * UnprocessableError `NOT_A_MEMBER` for an assignee, `INVALID_PARENT` for parts of parts
   */
  async assertMayRefer(workspaceId: WorkspaceId, references: References, id?: TaskId): Promise<void> {
    const { projectId, parentId, assigneeId, labelIds = [] } = references;
    if (!projectId && !parentId && !assigneeId && labelIds.length === 0) return;
    const there = await this.taskReferences.lookUp(workspaceId, references);
    if (projectId && !there.projectStatus) throw NotFoundError.of('projectId');
    if (parentId && !there.parentIsThere) throw NotFoundError.of('parentId');
    if (there.labels < new Set(labelIds).size) throw NotFoundError.of('labelIds');
    if (assigneeId && !there.assigneeIsMember) throw notAMember('assigneeId');
    if (projectId && there.projectStatus === 'archived') throw archived('projectId');
    if (!parentId) return;
    if (there.parentIsArchived) throw archived('parentId');
    if (there.parentIsSubtask) throw invalidParent('A part of a task has no parts of its own.');
    if (id && (await this.taskReferences.hasSubtasks(workspaceId, id))) {
      throw invalidParent('A task that has parts is no part of another one.');
    }
  }

  /** @returns what else changes with its status: opened again, it is nobody's who is no active member any more */
  async changesBy(task: TaskState, status: TaskStatus): Promise<Pick<TaskChanges, 'assigneeId'>> {
    const { workspaceId, assigneeId } = task;
    if (!assigneeId || isOpen(task.status) || !isOpen(status)) return {};
    return (await this.taskReferences.isActiveMember(workspaceId, assigneeId)) ? {} : { assigneeId: null };
  }
}

function archived(field: string): ConflictError {
  const message = 'The project is archived, so it takes no more tasks.';
  return new ConflictError('CONFLICT', message, { errors: [{ field, message }] });
}

/** @param field of the request, which names the person */
export function notAMember(field: string): UnprocessableError {
  const message = 'The person is not an active member of this workspace.';
  return new UnprocessableError('NOT_A_MEMBER', message, { errors: [{ field, message }] });
}
