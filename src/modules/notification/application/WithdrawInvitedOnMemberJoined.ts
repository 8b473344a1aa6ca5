import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import { memberJoined } from '../../workspace';
import { invited } from '../domain/kinds';
import type { NotificationRepository } from '../domain/NotificationRepository';

type Facts = FactsOf<typeof memberJoined>;

/** An invitation that led somewhere is nothing to be told of any more. */
export class WithdrawInvitedOnMemberJoined implements EventHandler<Facts> {
  readonly name = 'notification.withdraw-invited-on-member-joined';

  readonly on = memberJoined;

  readonly delivery = 'durable';

  constructor(
    private readonly notifications: Pick<NotificationRepository, 'withdraw'>,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async handle({ workspaceId, facts: { userId } }: DomainEvent<Facts>): Promise<void> {
    if (!workspaceId) return;
    await this.unitOfWork.run({ workspaceId }, () => this.notifications.withdraw(workspaceId, invited.key, { userId }));
  }
}
