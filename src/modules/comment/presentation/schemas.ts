import Joi from 'joi';
import { listQuery, type ListQuery } from '../../../core/presentation/pagination';
import { id, moment, parsed } from '../../../core/presentation/schema';
import type { TaskId } from '../domain/TaskId';
import { CommentBody, MAX_BODY } from '../domain/CommentBody';
import type { CommentId } from '../domain/CommentId';

export const commentView = Joi.object({
  id: id('comment'),
  taskId: id('task'),
  authorId: id('user').description('A person, or an API key'),
  body: Joi.string().description('Markdown'),
  mentions: Joi.array().items(id('user')).description('The members whom it mentions, in their order'),
  createdAt: moment(),
  updatedAt: moment(),
  version: Joi.number().integer().description('Grows with each change'),
});

const body = parsed(
  CommentBody,
  'Markdown, 1 to 5,000 characters and not blank. `@[name](userId)` mentions an active member, who is told; with any ' +
    'other id it is text like all the rest. Brackets in the name stand in pairs, `Bob [QA]`, or each behind a backslash.',
  MAX_BODY,
);

export const commentInput = Joi.object<{ body: CommentBody }>({ body: body.required() });
export const commentListQuery = listQuery<ListQuery>(['createdAt']);

export const byTaskId = Joi.object<{ id: TaskId }>({ id: id('task').required() });
export const byCommentId = Joi.object<{ id: TaskId; commentId: CommentId }>({
  id: id('task').required(),
  commentId: id('comment').required(),
});
