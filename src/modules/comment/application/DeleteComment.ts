import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { TaskId } from '../domain/TaskId';
import type { CommentId } from '../domain/CommentId';
import type { CommentRepository } from '../domain/CommentRepository';

/** Deletes a comment for good: one's own, or as a moderator that of somebody else. */
export class DeleteComment {
  constructor(
    private readonly comments: CommentRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError, PermissionDeniedError */
  execute(actor: WorkspaceActor, { taskId, id }: { taskId: TaskId; id: CommentId }): Promise<void> {
    return this.unitOfWork.run(actor, async () => {
      const comment = await this.comments.get(actor.workspaceId, taskId, id);
      comment.delete(actor, this.clock.now());
      await this.comments.remove(comment);
    });
  }
}
