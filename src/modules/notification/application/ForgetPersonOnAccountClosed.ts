import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import { accountClosed } from '../../user';
import type { NotificationRepository } from '../domain/NotificationRepository';
import type { PreferenceRepository } from '../domain/PreferenceRepository';
import type { PushSubscriptionRepository } from '../domain/PushSubscriptionRepository';
import type { NotificationQueries } from './NotificationQueries';

type Facts = FactsOf<typeof accountClosed>;

/** Nothing of somebody who is no more stays: neither what they were told, nor where. */
export class ForgetPersonOnAccountClosed implements EventHandler<Facts> {
  readonly name = 'notification.forget-person-on-account-closed';

  readonly on = accountClosed;

  readonly delivery = 'durable';

  constructor(
    private readonly notificationQueries: NotificationQueries,
    private readonly notifications: NotificationRepository,
    private readonly preferences: PreferenceRepository,
    private readonly pushSubscriptionRepository: PushSubscriptionRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async handle({ facts: { userId } }: DomainEvent<Facts>): Promise<void> {
    const workspaces = await this.notificationQueries.workspacesOf(userId, 'all');
    await this.unitOfWork.run({}, async () => {
      await this.preferences.forget(userId);
      await this.pushSubscriptionRepository.remove(userId);
      for (const workspaceId of workspaces) {
        await this.unitOfWork.run({ workspaceId }, () => this.notifications.forget(workspaceId, userId));
      }
    });
  }
}
