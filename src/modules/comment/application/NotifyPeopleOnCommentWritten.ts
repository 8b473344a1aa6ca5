import type { EventHandler } from '../../../core/application/EventBus';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { Notice, Notifications } from '../../notification';
import type { TaskQueries, TaskWatchers } from '../../project';
import type { CommentRepository } from '../domain/CommentRepository';
import { commentCreated, commentUpdated } from '../domain/events';
import { commented, mentioned } from '../domain/kinds';

type Facts = FactsOf<typeof commentCreated> | FactsOf<typeof commentUpdated>;

/**
 * Tells those who are mentioned, and of a new comment those who watch its task: whoever has made it or is to do it does
 * so from the start, unless they said that they would rather not. What was deleted or mentions them no more by now is
 * nothing to be told of; the comment is held meanwhile, so that what takes it back later finds what was told.
 */
export class NotifyPeopleOnCommentWritten implements EventHandler<Facts> {
  readonly name = 'comment.notify-people-on-comment-written';

  readonly on = [commentCreated, commentUpdated];

  readonly delivery = 'durable';

  constructor(
    private readonly comments: Pick<CommentRepository, 'find'>,
    private readonly notifier: Pick<Notifications, 'notify'>,
    private readonly taskQueries: Pick<TaskQueries, 'task'>,
    private readonly taskWatchers: Pick<TaskWatchers, 'all'>,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  concerns({ facts }: DomainEvent<Facts>): boolean {
    return !('mentioned' in facts) || facts.mentioned.length > 0;
  }

  async handle(event: DomainEvent<Facts>): Promise<void> {
    const { workspaceId } = event;
    if (workspaceId) await this.unitOfWork.run({ workspaceId }, () => this.tell(event, workspaceId));
  }

  private async tell(event: DomainEvent<Facts>, workspaceId: WorkspaceId): Promise<void> {
    const { facts } = event;
    const { id: commentId, taskId, mentions } = facts.comment;
    const comment = await this.comments.find(workspaceId, taskId, commentId);
    if (!comment) return;
    const about = { taskId, task: (await this.taskQueries.task(workspaceId, taskId)).title, commentId };
    const isMeant = (id: UserId): boolean => comment.state.mentions.includes(id);
    const notices: Notice[] =
      'mentioned' in facts
        ? [{ kind: mentioned, to: facts.mentioned.filter(isMeant), facts: about }]
        : [
            { kind: mentioned, to: mentions.filter(isMeant), facts: about },
            { kind: commented, to: await this.taskWatchers.all(workspaceId, taskId), facts: about },
          ];
    await this.notifier.notify(event, notices);
  }
}
