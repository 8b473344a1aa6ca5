import type { Clock } from '../../../core/application/Clock';
import { composeMail } from '../../../core/application/composeMail';
import { inert } from '../../../core/application/inert';
import type { JobTask } from '../../../core/application/JobQueue';
import type { Mailer } from '../../../core/application/Mailer';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserId } from '../../../core/domain/Id';
import type { NotificationRepository } from '../domain/NotificationRepository';
import type { Delivery } from './Delivery';
import type { NotificationKinds } from './NotificationKinds';
import type { DeliveryRow, NotificationQueries } from './NotificationQueries';
import type { Recipient } from './Recipients';
import { WHY_THIS_MAIL } from './whyThisMail';

export const DIGEST_JOB = 'notification.mail-digest';

/** How many lines a mail has; the rest is counted. */
const MAX_LINES = 50;

/** How long one job has for a mail. */
const RETRY_MS = 10 * 60 * 1000;

/** Mails a person what they have not read of the last day, from all their workspaces, in one mail. */
export class MailDigest implements JobTask<{ userId: UserId }> {
  readonly name = DIGEST_JOB;

  constructor(
    private readonly notificationQueries: NotificationQueries,
    private readonly notificationKinds: NotificationKinds,
    private readonly notifications: NotificationRepository,
    private readonly delivery: Delivery,
    private readonly mailer: Mailer,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly frontendUrl: string,
  ) {}

  async run({ userId }: { userId: UserId }): Promise<void> {
    const now = this.clock.now();
    // Nobody else sends it meanwhile; should this one fail, it is due again then.
    const until = new Date(now.getTime() + RETRY_MS);
    const ids = await this.unitOfWork.run({ platform: true }, () =>
      this.notifications.postponeDigest(userId, now, until),
    );
    const due = await this.notificationQueries.deliveries(userId, ids);
    const told: DeliveryRow[] = [];
    let to: Recipient | null = null;
    for (const row of due) {
      const person = await this.delivery.mailRecipient(row, now);
      if (person) {
        to = person;
        told.push(row);
      }
    }
    if (to) await this.send(to.email, told);
    await this.markSent(due, now);
  }

  private send(to: string, rows: readonly DeliveryRow[]): Promise<void> {
    const lines = rows.slice(0, MAX_LINES).map((row) => `${this.notificationKinds.title(row, inert)}.`);
    const more = rows.length - lines.length;
    const count = rows.length === 1 ? 'One notification' : `${rows.length} notifications`;
    return this.mailer.send(
      composeMail({
        to,
        subject: `${count} since yesterday`,
        paragraphs: [...lines, ...(more > 0 ? [`And ${more} more.`] : [])],
        action: { label: 'See them all', url: `${this.frontendUrl}/notifications` },
        footer: WHY_THIS_MAIL,
      }),
    );
  }

  private async markSent(rows: readonly DeliveryRow[], now: Date): Promise<void> {
    const workspaces = [...new Set(rows.map(({ workspaceId }) => workspaceId))].sort();
    await this.unitOfWork.run({}, async () => {
      for (const workspaceId of workspaces) {
        const ids = rows.filter((row) => row.workspaceId === workspaceId).map(({ id }) => id);
        await this.unitOfWork.run({ workspaceId }, () => this.notifications.markSent(workspaceId, ids, 'mail', now));
      }
    });
  }
}
