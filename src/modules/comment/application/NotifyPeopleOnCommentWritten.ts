import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import type { WorkspaceId } from '../../../core/domain/Id';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import type { Notice, Notifications } from '../../notification';
import type { TaskQueries, TaskWatchers } from '../../project';
import type { TaskId } from '../domain/TaskId';
import { commentCreated, commentUpdated } from '../domain/events';
import { commented, mentioned } from '../domain/kinds';

type Facts = FactsOf<typeof commentCreated> | FactsOf<typeof commentUpdated>;

/**
 * Tells those who are mentioned, and of a new comment those who watch its task: whoever has made it or is to do it does
 * so from the start, unless they said that they would rather not.
 */
export class NotifyPeopleOnCommentWritten implements EventHandler<Facts> {
  readonly name = 'comment.notify-people-on-comment-written';

  readonly on = [commentCreated, commentUpdated];

  readonly delivery = 'durable';

  constructor(
    private readonly notifier: Pick<Notifications, 'notify'>,
    private readonly taskQueries: Pick<TaskQueries, 'task'>,
    private readonly taskWatchers: Pick<TaskWatchers, 'all'>,
  ) {}

  concerns({ facts }: DomainEvent<Facts>): boolean {
    return !('mentioned' in facts) || facts.mentioned.length > 0;
  }

  async handle(event: DomainEvent<Facts>): Promise<void> {
    const { workspaceId, facts } = event;
    const { id: commentId, taskId, mentions } = facts.comment;
    const task = workspaceId && (await this.titleOf(workspaceId, taskId));
    if (!workspaceId || task === null) return;
    const about = { taskId, task, commentId };
    const notices: Notice[] =
      'mentioned' in facts
        ? [{ kind: mentioned, to: facts.mentioned, facts: about }]
        : [
            { kind: mentioned, to: mentions, facts: about },
            { kind: commented, to: await this.taskWatchers.all(workspaceId, taskId), facts: about },
          ];
    await this.notifier.notify(event, notices);
  }

  /** Null of a task that is deleted by now, of which there is nothing to tell any more. */
  private async titleOf(workspaceId: WorkspaceId, taskId: TaskId): Promise<string | null> {
    try {
      return (await this.taskQueries.task(workspaceId, taskId)).title;
    } catch (error) {
      if (error instanceof NotFoundError) return null;
      throw error;
    }
  }
}
