import type { WorkspaceId } from '../../../core/domain/Id';
import type { TaskId } from './TaskId';
import type { Comment } from './Comment';
import type { CommentId } from './CommentId';

export interface CommentRepository {
  /** Held against all others until the transaction ends; null unless it is on this task, which is there. */
  find(workspaceId: WorkspaceId, taskId: TaskId, id: CommentId): Promise<Comment | null>;
  /** The same. @throws NotFoundError */
  get(workspaceId: WorkspaceId, taskId: TaskId, id: CommentId): Promise<Comment>;
  /** @throws ConflictError when it was changed since it was read */
  save(comment: Comment): Promise<void>;
  /** @throws ConflictError when it was changed since it was read */
  remove(comment: Comment): Promise<void>;
}
