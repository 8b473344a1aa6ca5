import type { Clock } from '../../../core/application/Clock';
import type { JobTask } from '../../../core/application/JobQueue';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { NotificationId } from '../domain/NotificationId';
import type { NotificationRepository } from '../domain/NotificationRepository';
import type { PushSubscription, PushSubscriptionRepository } from '../domain/PushSubscriptionRepository';
import type { Delivery } from './Delivery';
import type { NotificationKinds } from './NotificationKinds';
import type { NotificationQueries } from './NotificationQueries';
import { PUSH_JOB } from './Notifications';
import type { PushSender } from './PushSender';

interface Payload {
  readonly workspaceId: WorkspaceId;
  readonly id: NotificationId;
}

/**
 * Sends one notification to all browsers of somebody who may still be told and still wants to; those that are gone are
 * forgotten. Tried again, it reaches some of them twice: the message's `id` is for the browser to show it once.
 */
export class PushNotification implements JobTask<Payload> {
  readonly name = PUSH_JOB;

  constructor(
    private readonly notificationQueries: NotificationQueries,
    private readonly notificationKinds: NotificationKinds,
    private readonly notifications: NotificationRepository,
    private readonly pushSubscriptionRepository: PushSubscriptionRepository,
    private readonly pushSender: PushSender,
    private readonly delivery: Delivery,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws the first failure that may pass, once all browsers were tried */
  async run({ workspaceId, id }: Payload): Promise<void> {
    if (this.pushSender.publicKey === null) return;
    const row = await this.notificationQueries.delivery(workspaceId, id);
    if (!row || row.pushedAt) return;
    const now = this.clock.now();
    if (!(await this.delivery.recipient(row, now)) || !(await this.delivery.channels(row)).push) return;
    const { title, path, kind } = this.notificationKinds.view(row);
    await this.sendAll(row.userId, JSON.stringify({ id, kind, title, path, workspaceId }), id);
    await this.unitOfWork.run({ workspaceId }, () => this.notifications.markSent(workspaceId, [id], 'push', now));
  }

  private async sendAll(userId: UserId, message: string, id: string): Promise<void> {
    const browsers = await this.unitOfWork.run({}, () => this.pushSubscriptionRepository.of(userId));
    const failures: unknown[] = [];
    for (const browser of browsers) {
      await this.send(userId, browser, message, id).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  private async send(userId: UserId, browser: PushSubscription, message: string, id: string): Promise<void> {
    if ((await this.pushSender.send(browser, message, id)) === 'sent') return;
    await this.unitOfWork.run({}, () => this.pushSubscriptionRepository.remove(userId, browser.endpoint));
  }
}
