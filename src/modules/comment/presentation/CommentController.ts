import Joi from 'joi';
import type { Paginator } from '../../../core/presentation/pagination';
import { created, noContent, ok, page, permission, route, type Controller } from '../../../core/presentation/Route';
import type { TaskQueries } from '../../project';
import type { CommentQueries } from '../application/CommentQueries';
import type { CreateComment } from '../application/CreateComment';
import type { DeleteComment } from '../application/DeleteComment';
import type { UpdateComment } from '../application/UpdateComment';
import { byCommentId, byTaskId, commentInput, commentListQuery, commentView } from './schemas';

export class CommentController implements Controller {
  constructor(
    private readonly createComment: CreateComment,
    private readonly updateComment: UpdateComment,
    private readonly deleteComment: DeleteComment,
    private readonly commentQueries: CommentQueries,
    private readonly taskQueries: TaskQueries,
    private readonly paginator: Paginator,
  ) {}

  readonly routes = [
    route({
      method: 'post',
      path: '/tasks/:id/comments',
      summary: 'Comment on a task, and watch it from then on',
      access: permission('comments.create'),
      params: byTaskId,
      body: commentInput,
      answers: { 201: commentView },
      handle: async ({ actor, params: { id: taskId }, body }) => {
        const id = await this.createComment.execute(actor, { taskId, ...body });
        const comment = await this.commentQueries.comment(actor.workspaceId, taskId, id);
        return created(comment, `/tasks/${taskId}/comments/${id}`);
      },
    }),
    route({
      method: 'get',
      path: '/tasks/:id/comments',
      summary: 'List the comments on a task, the oldest first',
      access: permission('comments.read'),
      params: byTaskId,
      query: commentListQuery,
      answers: { 200: Joi.array().items(commentView) },
      handle: async ({ actor: { workspaceId }, params: { id }, query }) => {
        await this.taskQueries.task(workspaceId, id);
        return page(
          await this.paginator.paginate(`comments on ${id} in ${workspaceId}`, query, (request) =>
            this.commentQueries.comments(workspaceId, id, request),
          ),
        );
      },
    }),
    route({
      method: 'get',
      path: '/tasks/:id/comments/:commentId',
      summary: 'Read a comment',
      access: permission('comments.read'),
      params: byCommentId,
      answers: { 200: commentView },
      handle: async ({ actor, params: { id, commentId } }) =>
        ok(await this.commentQueries.comment(actor.workspaceId, id, commentId)),
    }),
    ...(['patch', 'put'] as const).map((method) =>
      route({
        method,
        path: '/tasks/:id/comments/:commentId',
        summary: 'Change one’s own comment',
        access: permission('comments.update'),
        params: byCommentId,
        body: commentInput,
        answers: { 200: commentView },
        handle: async ({ actor, params: { id: taskId, commentId: id }, body }) => {
          await this.updateComment.execute(actor, { taskId, id, ...body });
          return ok(await this.commentQueries.comment(actor.workspaceId, taskId, id));
        },
      }),
    ),
    route({
      method: 'delete',
      path: '/tasks/:id/comments/:commentId',
      summary: 'Delete one’s own comment, or with comments.delete that of another',
      // What else it takes depends on whose comment it is.
      access: permission('comments.read'),
      params: byCommentId,
      answers: { 204: null },
      handle: async ({ actor, params: { id: taskId, commentId: id } }) => {
        await this.deleteComment.execute(actor, { taskId, id });
        return noContent();
      },
    }),
  ];
}
