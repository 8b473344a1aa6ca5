import type { AtriumModule } from '../../core/bootstrap/module';
import { CreateComment } from './application/CreateComment';
import { DeleteComment } from './application/DeleteComment';
import { NotifyPeopleOnCommentWritten } from './application/NotifyPeopleOnCommentWritten';
import { UpdateComment } from './application/UpdateComment';
import { WithdrawNoticesOnCommentTakenBack } from './application/WithdrawNoticesOnCommentTakenBack';
import { commentCreated, commentDeleted, commentUpdated } from './domain/events';
import { commentKinds } from './domain/kinds';
import { commentPermissions } from './domain/permissions';
import { commentExports } from './infrastructure/commentExports';
import { createComments } from './infrastructure/migrations/createComments';
import { forgetWords } from './infrastructure/migrations/forgetWords';
import { SqlCommentQueries } from './infrastructure/SqlCommentQueries';
import { SqlCommentRepository } from './infrastructure/SqlCommentRepository';
import { SqlMentionableMembers } from './infrastructure/SqlMentionableMembers';
import { CommentController } from './presentation/CommentController';

export const commentModule: AtriumModule = {
  name: 'comment',
  services: {
    comments: SqlCommentRepository,
    commentQueries: SqlCommentQueries,
    mentionableMembers: SqlMentionableMembers,
    createComment: CreateComment,
    updateComment: UpdateComment,
    deleteComment: DeleteComment,
  },
  controllers: [CommentController],
  events: [commentCreated, commentUpdated, commentDeleted],
  handlers: [NotifyPeopleOnCommentWritten, WithdrawNoticesOnCommentTakenBack],
  permissions: commentPermissions,
  notificationKinds: commentKinds,
  models: [],
  migrations: [createComments, forgetWords],
  exports: commentExports,
};
