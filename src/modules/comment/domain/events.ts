import { defineEvent } from '../../../core/domain/DomainEvent';
import { aMoment, anId, aNumber, aRecord, aText, described, listOf } from '../../../core/domain/FactSchema';
import type { UserId } from '../../../core/domain/Id';
import type { TaskId } from './TaskId';
import type { CommentId } from './CommentId';

/** A comment as a client reads it. */
export interface CommentFacts {
  readonly id: CommentId;
  readonly taskId: TaskId;
  readonly authorId: UserId;
  readonly body: string;
  readonly mentions: readonly UserId[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly version: number;
}

const COMMENT = aRecord<CommentFacts>({
  id: anId,
  taskId: anId,
  authorId: anId,
  body: described(aText, 'Markdown; empty once the comment says something else, or is deleted'),
  mentions: described(listOf(anId), 'The members whom it mentions'),
  createdAt: aMoment,
  updatedAt: aMoment,
  version: aNumber,
});

/**
 * `taskId` stands beside the comment for the audit, which keeps nothing of the comment itself. The log keeps the body for
 * as long as the comment says it; afterwards it is empty.
 */
export const commentCreated = defineEvent<{ comment: CommentFacts; taskId: TaskId }>('comment.created', {
  socket: 'comment:created',
  permission: 'comments.read',
  facts: { comment: COMMENT, taskId: anId },
});
/** What it said before is nowhere told, nor in the events before: who takes a word back does so for good. */
export const commentUpdated = defineEvent<{
  comment: CommentFacts;
  taskId: TaskId;
  changed: readonly string[];
  mentioned: readonly UserId[];
}>('comment.updated', {
  socket: 'comment:updated',
  permission: 'comments.read',
  facts: {
    comment: COMMENT,
    taskId: anId,
    changed: described(listOf(aText), 'The names of the members that are not what they were'),
    mentioned: described(listOf(anId), 'Whom it mentions and did not before'),
  },
});
export const commentDeleted = defineEvent<{ commentId: CommentId; taskId: TaskId; authorId: UserId }>(
  'comment.deleted',
  { socket: 'comment:deleted', permission: 'comments.read', facts: { commentId: anId, taskId: anId, authorId: anId } },
);
