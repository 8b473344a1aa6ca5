import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import type { Notifications } from '../../notification';
import { taskCreated, taskUpdated } from '../domain/events';
import { assigned } from '../domain/kinds';

type Facts = FactsOf<typeof taskCreated> | FactsOf<typeof taskUpdated>;

/** Tells people that there is something for them to do. */
export class NotifyAssigneeOnTaskAssigned implements EventHandler<Facts> {
  readonly name = 'project.notify-assignee-on-task-assigned';

  readonly on = [taskCreated, taskUpdated];

  readonly delivery = 'durable';

  constructor(private readonly notifier: Pick<Notifications, 'notify'>) {}

  concerns({ facts }: DomainEvent<Facts>): boolean {
    return facts.task.assigneeId !== null && (!('changed' in facts) || facts.changed.includes('assigneeId'));
  }

  async handle(event: DomainEvent<Facts>): Promise<void> {
    const { id: taskId, title: task, assigneeId } = event.facts.task;
    if (assigneeId) await this.notifier.notify(event, [{ kind: assigned, to: [assigneeId], facts: { taskId, task } }]);
  }
}
