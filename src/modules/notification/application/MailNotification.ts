import type { Clock } from '../../../core/application/Clock';
import { composeMail } from '../../../core/application/composeMail';
import { inert } from '../../../core/application/inert';
import type { JobTask } from '../../../core/application/JobQueue';
import type { Mailer } from '../../../core/application/Mailer';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { NotificationId } from '../domain/NotificationId';
import type { NotificationRepository } from '../domain/NotificationRepository';
import type { Delivery } from './Delivery';
import type { NotificationKinds } from './NotificationKinds';
import type { NotificationQueries } from './NotificationQueries';
import { MAIL_JOB } from './Notifications';
import { WHY_THIS_MAIL } from './whyThisMail';

interface Payload {
  readonly workspaceId: WorkspaceId;
  readonly id: NotificationId;
}

/** Mails one notification, to a verified address of somebody who may still be told and still wants to. */
export class MailNotification implements JobTask<Payload> {
  readonly name = MAIL_JOB;

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

  async run({ workspaceId, id }: Payload): Promise<void> {
    const row = await this.notificationQueries.delivery(workspaceId, id);
    if (!row || row.mailedAt) return;
    const now = this.clock.now();
    const person = await this.delivery.mailRecipient(row, now);
    if (!person) return;
    const title = this.notificationKinds.title(row, inert);
    await this.mailer.send(
      composeMail({
        to: person.email,
        subject: title,
        paragraphs: [`${title}.`],
        action: { label: 'Have a look', url: `${this.frontendUrl}${this.notificationKinds.path(row)}` },
        footer: WHY_THIS_MAIL,
      }),
    );
    await this.unitOfWork.run({ workspaceId }, () => this.notifications.markSent(workspaceId, [id], 'mail', now));
  }
}
