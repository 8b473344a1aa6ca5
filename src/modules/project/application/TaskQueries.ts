import type { Page, PageRequest } from '../../../core/application/Page';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { LabelId } from '../domain/LabelId';
import type { ProjectId } from '../domain/ProjectId';
import type { TaskState } from '../domain/Task';
import type { TaskId } from '../domain/TaskId';
import type { TaskPriority } from '../domain/TaskPriority';
import type { TaskStatus } from '../domain/TaskStatus';

export interface TaskView extends Omit<TaskState, 'workspaceId' | 'deletedAt'> {
  readonly version: number;
}

export interface TaskFilters {
  readonly status?: TaskStatus;
  readonly priority?: TaskPriority;
  readonly assigneeId?: UserId;
  readonly projectId?: ProjectId;
  readonly parentId?: TaskId;
  readonly labelId?: LabelId;
  /** Due before this moment; without a due date it never is. */
  readonly dueBefore?: Date;
  /** Due after this moment. */
  readonly dueAfter?: Date;
  /** Words that title and description have all of, punctuation aside; of the last one its beginning is enough. */
  readonly q?: string;
}

export interface TaskQueries {
  /** @throws NotFoundError also for a deleted one */
  task(workspaceId: WorkspaceId, id: TaskId): Promise<TaskView>;
  /** In the order of the ids. @throws NotFoundError unless all are there */
  tasksOf(workspaceId: WorkspaceId, ids: readonly TaskId[]): Promise<readonly TaskView[]>;
  /**
   * Sorted by `createdAt`, `updatedAt`, `dueDate` (those without one last), `priority`, `rank` within one status, or
   * `relevance` to `q`: more than 2,000 are listed by `createdAt` in its place.
   */
  tasks(workspaceId: WorkspaceId, filters: TaskFilters, request: PageRequest): Promise<Page<TaskView>>;
}
