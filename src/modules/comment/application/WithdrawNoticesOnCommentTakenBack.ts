import type { EventHandler } from '../../../core/application/EventBus';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import type { Notifications } from '../../notification';
import type { CommentRepository } from '../domain/CommentRepository';
import { commentDeleted, commentUpdated } from '../domain/events';
import { commented, mentioned } from '../domain/kinds';

type Facts = FactsOf<typeof commentDeleted> | FactsOf<typeof commentUpdated>;

/** Who was told of a comment that is gone, or that mentions them no more, does not read of it any longer. */
export class WithdrawNoticesOnCommentTakenBack implements EventHandler<Facts> {
  readonly name = 'comment.withdraw-notices-on-comment-taken-back';

  readonly on = [commentDeleted, commentUpdated];

  readonly delivery = 'durable';

  constructor(
    private readonly comments: Pick<CommentRepository, 'find'>,
    private readonly notifier: Pick<Notifications, 'withdraw'>,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  concerns({ facts }: DomainEvent<Facts>): boolean {
    return !('changed' in facts) || facts.changed.includes('mentions');
  }

  async handle({ workspaceId, facts }: DomainEvent<Facts>): Promise<void> {
    if (!workspaceId) return;
    await this.unitOfWork.run({ workspaceId }, async () => {
      if (!('comment' in facts)) {
        const about = { commentId: facts.commentId };
        await this.notifier.withdraw(workspaceId, { kind: mentioned, facts: about });
        await this.notifier.withdraw(workspaceId, { kind: commented, facts: about });
        return;
      }
      const { id: commentId, taskId } = facts.comment;
      // As it is now: it may mention them again. One that is deleted by now has an event of its own.
      const comment = await this.comments.find(workspaceId, taskId, commentId);
      if (!comment) return;
      await this.notifier.withdraw(workspaceId, { kind: mentioned, facts: { commentId } }, comment.state.mentions);
    });
  }
}
