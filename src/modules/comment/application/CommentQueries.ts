import type { Page, PageRequest } from '../../../core/application/Page';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { TaskId } from '../domain/TaskId';
import type { CommentState } from '../domain/Comment';
import type { CommentId } from '../domain/CommentId';

export interface CommentView extends Omit<CommentState, 'workspaceId'> {
  readonly version: number;
}

export interface CommentQueries {
  /** @throws NotFoundError unless it is on this task, which is there */
  comment(workspaceId: WorkspaceId, taskId: TaskId, id: CommentId): Promise<CommentView>;
  /** Sorted by `createdAt`. */
  comments(workspaceId: WorkspaceId, taskId: TaskId, request: PageRequest): Promise<Page<CommentView>>;
}
