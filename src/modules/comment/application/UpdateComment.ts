import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { TaskId } from '../domain/TaskId';
import type { CommentBody } from '../domain/CommentBody';
import type { CommentId } from '../domain/CommentId';
import type { CommentRepository } from '../domain/CommentRepository';
import { mentionsIn } from '../domain/mentionsIn';
import type { MentionableMembers } from './MentionableMembers';

interface Input {
  readonly taskId: TaskId;
  readonly id: CommentId;
  readonly body: CommentBody;
}

/** Lets an author say it in other words. */
export class UpdateComment {
  constructor(
    private readonly comments: CommentRepository,
    private readonly mentionableMembers: MentionableMembers,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError, ForbiddenError for anybody but its author */
  execute(actor: WorkspaceActor, { taskId, id, body }: Input): Promise<void> {
    const { workspaceId } = actor;
    return this.unitOfWork.run(actor, async () => {
      const comment = await this.comments.get(workspaceId, taskId, id);
      const mentions = await this.mentionableMembers.among(workspaceId, mentionsIn(body));
      if (comment.update({ body, mentions }, actor, this.clock.now())) await this.comments.save(comment);
    });
  }
}
