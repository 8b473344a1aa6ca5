import type { EventBus } from '../../../core/application/EventBus';
import type { WorkspaceId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import { publishWritten } from '../../../core/infrastructure/database/publishWritten';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { TaskId } from '../domain/TaskId';
import { Comment, type CommentState } from '../domain/Comment';
import type { CommentId } from '../domain/CommentId';
import type { CommentRepository } from '../domain/CommentRepository';
import { COMMENT_COLUMNS, COMMENT_OF_TASK } from './commentColumns';

const FIND = statement(
  'comment.find',
  `SELECT ${COMMENT_COLUMNS}, task_comments.workspace_id AS "workspaceId" ${COMMENT_OF_TASK} FOR UPDATE OF task_comments`,
);
const ADD = statement(
  'comment.add',
  `INSERT INTO task_comments
     (workspace_id, id, body, mentions, updated_at, version, event_id, task_id, author_id, created_at)
   VALUES ($1, $2, $3, $4, $5, $6 + 1, $7, $8, $9, $10) RETURNING id`,
);
// What the event that it names so far tells of its words is emptied with it.
const CHANGE = statement(
  'comment.change',
  `UPDATE task_comments SET body = $3, mentions = $4, updated_at = $5, version = $6 + 1, event_id = $7
   WHERE workspace_id = $1 AND id = $2 AND version = $6 RETURNING id`,
);
const REMOVE = statement(
  'comment.remove',
  'DELETE FROM task_comments WHERE workspace_id = $1 AND id = $2 AND version = $3 RETURNING id',
);

export class SqlCommentRepository implements CommentRepository {
  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly eventBus: EventBus,
  ) {}

  async find(workspaceId: WorkspaceId, taskId: TaskId, id: CommentId): Promise<Comment | null> {
    const values = [workspaceId, taskId, id];
    const [row] = await this.unitOfWork.execute<CommentState & { version: number }>(FIND, values);
    if (!row) return null;
    const { version, ...state } = row;
    return Comment.restore(state, version);
  }

  async get(workspaceId: WorkspaceId, taskId: TaskId, id: CommentId): Promise<Comment> {
    const comment = await this.find(workspaceId, taskId, id);
    if (!comment) throw new NotFoundError();
    return comment;
  }

  async save(comment: Comment): Promise<void> {
    const { state, version } = comment;
    const events = comment.releaseEvents();
    const words = [state.body, state.mentions, state.updatedAt];
    const values = [state.workspaceId, state.id, ...words, version, events.at(-1)?.id];
    const saved =
      version === 0
        ? await this.unitOfWork.execute(ADD, [...values, state.taskId, state.authorId, state.createdAt])
        : await this.unitOfWork.execute(CHANGE, values);
    if (saved.length !== 1) throw ConflictError.stale();
    await this.eventBus.publish(events);
  }

  async remove(comment: Comment): Promise<void> {
    const { state, version } = comment;
    const removed = await this.unitOfWork.execute(REMOVE, [state.workspaceId, state.id, version]);
    await publishWritten(this.eventBus, comment, removed);
  }
}
