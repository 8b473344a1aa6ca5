import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import type { NotificationRepository } from '../domain/NotificationRepository';
import type { NotificationQueries } from './NotificationQueries';

/** Everything in a person's list, across workspaces, in one transaction. */
export class MarkAllRead {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly notificationQueries: NotificationQueries,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute({ userId }: UserActor): Promise<void> {
    const workspaces = await this.notificationQueries.workspacesOf(userId, 'unread');
    const now = this.clock.now();
    await this.unitOfWork.run({}, async () => {
      for (const workspaceId of workspaces) {
        await this.unitOfWork.run({ workspaceId }, () => this.notifications.markRead(workspaceId, userId, now));
      }
    });
  }
}
