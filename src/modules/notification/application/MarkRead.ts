import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import type { NotificationId } from '../domain/NotificationId';
import type { NotificationRepository } from '../domain/NotificationRepository';
import type { NotificationQueries } from './NotificationQueries';

export class MarkRead {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly notificationQueries: NotificationQueries,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError unless it is in the person's list */
  async execute({ userId }: UserActor, { id }: { id: NotificationId }): Promise<void> {
    const { workspaceId } = await this.notificationQueries.notification(userId, id);
    const now = this.clock.now();
    await this.unitOfWork.run({ workspaceId }, () => this.notifications.markRead(workspaceId, userId, now, id));
  }
}
