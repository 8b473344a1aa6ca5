import { requirePermission, type WorkspaceActor } from '../../../core/domain/Actor';
import { AggregateRoot } from '../../../core/domain/AggregateRoot';
import type { EventContext } from '../../../core/domain/DomainEvent';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { ForbiddenError } from '../../../core/errors/ForbiddenError';
import type { TaskId } from './TaskId';
import type { CommentBody } from './CommentBody';
import type { CommentId } from './CommentId';
import { commentCreated, commentDeleted, commentUpdated, type CommentFacts } from './events';

export interface CommentState {
  readonly id: CommentId;
  readonly workspaceId: WorkspaceId;
  readonly taskId: TaskId;
  /** A person, or an API key. */
  readonly authorId: UserId;
  readonly body: CommentBody;
  /** Those who were members when it was written, in the order of their mention. */
  readonly mentions: readonly UserId[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What somebody says, and whom of the workspace that means. */
export type Words = Pick<CommentState, 'body' | 'mentions'>;

/** What somebody has to say about a task. */
export class Comment extends AggregateRoot<CommentState> {
  static create(
    { workspaceId, userId }: WorkspaceActor,
    comment: Pick<CommentState, 'id' | 'taskId'> & Words,
    now: Date,
  ): Comment {
    const made = new Comment({ ...comment, workspaceId, authorId: userId, createdAt: now, updatedAt: now }, 0);
    made.record(commentCreated(made.context(userId, now), { comment: made.facts(), taskId: comment.taskId }));
    return made;
  }

  static restore(state: CommentState, version: number): Comment {
    return new Comment(state, version);
  }

  /**
   * @returns whether anything is changed
   * @throws ForbiddenError for anybody but its author: nobody puts words into another's mouth
   */
  update({ body, mentions }: Words, by: WorkspaceActor, now: Date): boolean {
    const was = this.state;
    if (by.userId !== was.authorId) {
      throw new ForbiddenError('PERMISSION_DENIED', 'A comment is changed by its author alone.');
    }
    if (body === was.body) return false;
    this.change({ body, mentions, updatedAt: now });
    const mentioned = mentions.filter((id) => !was.mentions.includes(id));
    const same = mentioned.length === 0 && mentions.length === was.mentions.length;
    const changed = same ? ['body'] : ['body', 'mentions'];
    const facts = { comment: this.facts(), taskId: was.taskId, changed, mentioned };
    this.record(commentUpdated(this.context(by.userId, now), facts));
    return true;
  }

  /**
   * Ends it for good; the repository's removal publishes that.
   * @throws PermissionDeniedError for an author who may write no more, and for others who may not moderate
   */
  delete(by: WorkspaceActor, now: Date): void {
    const { id: commentId, taskId, authorId } = this.state;
    requirePermission(by, by.userId === authorId ? 'comments.update' : 'comments.delete');
    this.record(commentDeleted(this.context(by.userId, now), { commentId, taskId, authorId }));
  }

  private facts(): CommentFacts {
    const { workspaceId, createdAt, updatedAt, ...comment } = this.state;
    return {
      ...comment,
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
      version: this.version + 1,
    };
  }

  private context(actorId: UserId, at: Date): EventContext {
    return { workspaceId: this.state.workspaceId, actorId, at };
  }
}
