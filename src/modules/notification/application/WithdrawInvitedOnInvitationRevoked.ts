import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import { invitationRevoked } from '../../workspace';
import { invited } from '../domain/kinds';
import type { NotificationRepository } from '../domain/NotificationRepository';

type Facts = FactsOf<typeof invitationRevoked>;

/** Who is not invited any more does not read that they were. */
export class WithdrawInvitedOnInvitationRevoked implements EventHandler<Facts> {
  readonly name = 'notification.withdraw-invited-on-invitation-revoked';

  readonly on = invitationRevoked;

  readonly delivery = 'durable';

  constructor(
    private readonly notifications: Pick<NotificationRepository, 'withdraw'>,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async handle({ workspaceId, facts: { invitationId } }: DomainEvent<Facts>): Promise<void> {
    if (!workspaceId) return;
    await this.unitOfWork.run({ workspaceId }, () =>
      this.notifications.withdraw(workspaceId, invited.key, { facts: { invitationId } }),
    );
  }
}
