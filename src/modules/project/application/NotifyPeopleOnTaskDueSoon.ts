import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import type { Notifications } from '../../notification';
import { taskDueSoon } from '../domain/events';
import { dueSoon } from '../domain/kinds';
import type { TaskWatchers } from './TaskWatchers';

type Facts = FactsOf<typeof taskDueSoon>;

/** Tells who is to do it that time is short; or all who watch, while nobody is. */
export class NotifyPeopleOnTaskDueSoon implements EventHandler<Facts> {
  readonly name = 'project.notify-people-on-task-due-soon';

  readonly on = taskDueSoon;

  readonly delivery = 'durable';

  constructor(
    private readonly notifier: Pick<Notifications, 'notify'>,
    private readonly taskWatchers: Pick<TaskWatchers, 'all'>,
  ) {}

  async handle(event: DomainEvent<Facts>): Promise<void> {
    const { workspaceId, facts } = event;
    const { taskId, title: task, assigneeId } = facts;
    if (!workspaceId) return;
    const to = assigneeId ? [assigneeId] : await this.taskWatchers.all(workspaceId, taskId);
    await this.notifier.notify(event, [{ kind: dueSoon, to, facts: { taskId, task } }]);
  }
}
