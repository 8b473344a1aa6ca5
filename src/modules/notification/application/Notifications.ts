import type { EventBus } from '../../../core/application/EventBus';
import type { Clock } from '../../../core/application/Clock';
import type { JobQueue } from '../../../core/application/JobQueue';
import type { Channels, NotificationKind } from '../../../core/domain/NotificationKind';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { DomainEvent } from '../../../core/domain/DomainEvent';
import { newId, type UserId, type WorkspaceId } from '../../../core/domain/Id';
import { notificationCreated } from '../domain/events';
import { nextDigest } from '../domain/nextDigest';
import type { NotificationFacts } from '../domain/Notification';
import type { NotificationId } from '../domain/NotificationId';
import type { NotificationRepository } from '../domain/NotificationRepository';
import type { PreferenceRepository } from '../domain/PreferenceRepository';
import type { NotificationKinds } from './NotificationKinds';
import type { NotificationQueries } from './NotificationQueries';
import type { Recipient, Recipients } from './Recipients';

/** What some people are to be told of an event. */
export interface Notice {
  readonly kind: NotificationKind;
  /** `everybody` who holds the permission of the kind. */
  readonly to: readonly UserId[] | 'everybody';
  readonly facts: NotificationFacts;
  /** They need not be members, and it is shown to them until then. */
  readonly outsiderUntil?: Date;
}

interface Told {
  readonly event: DomainEvent;
  readonly workspaceId: WorkspaceId;
  readonly notice: Notice;
}

/** The jobs that send what is not only to stand in a list. */
export const MAIL_JOB = 'notification.mail';
export const PUSH_JOB = 'notification.push';

/** Tells people of what happened, and takes it back: what other modules call. */
export class Notifications {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly notificationQueries: NotificationQueries,
    private readonly notificationKinds: NotificationKinds,
    private readonly preferences: PreferenceRepository,
    private readonly recipients: Recipients,
    private readonly eventBus: EventBus,
    private readonly jobQueue: JobQueue,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes the notifications of one event of a workspace, in a transaction or as a part of the open one. Whoever did it
   * is not told, nor is anybody who may not see it; and nobody is told twice, neither by several notices, of which the
   * first counts, nor when this is called again for the event.
   */
  async notify(event: DomainEvent, notices: readonly Notice[]): Promise<void> {
    const { workspaceId, actorId } = event;
    if (!workspaceId) throw new Error('Notifications are about what happens in a workspace.');
    await this.unitOfWork.run({ workspaceId }, async () => {
      const kinds = notices.map(({ kind }) => kind.key);
      const begun = await this.notifications.begin(workspaceId, event.id, kinds, this.clock.now());
      const seen = new Set<UserId | null>([actorId]);
      for (const notice of notices.filter(({ kind }) => begun.includes(kind.key))) {
        const people = await this.allowed(workspaceId, notice);
        const fresh = people.filter(({ userId }) => !seen.has(userId));
        const ids = fresh.map(({ userId }) => userId);
        const chosen = await this.preferences.about(notice.kind.key, ids);
        for (const person of fresh) {
          seen.add(person.userId);
          await this.tell({ event, workspaceId, notice }, person, chosen.get(person.userId) ?? notice.kind.byDefault);
        }
      }
    });
  }

  /** Takes back what people were told by a notice with this kind and these facts, but for some of them. */
  async withdraw(
    workspaceId: WorkspaceId,
    { kind, facts }: Pick<Notice, 'kind' | 'facts'>,
    except: readonly UserId[] = [],
  ): Promise<void> {
    await this.unitOfWork.run({ workspaceId }, () =>
      this.notifications.withdraw(workspaceId, kind.key, { facts, except }),
    );
  }

  private allowed(workspaceId: WorkspaceId, { kind, to, outsiderUntil }: Notice): Promise<readonly Recipient[]> {
    if (outsiderUntil && to !== 'everybody') return this.recipients.anywhere(to);
    return this.recipients.among(workspaceId, to, kind.permission ?? null);
  }

  private async tell({ event, workspaceId, notice }: Told, person: Recipient, channels: Channels): Promise<void> {
    const { kind, facts, outsiderUntil = null } = notice;
    const { inApp, push } = channels;
    const email = kind.mailedElsewhere || !person.emailVerified ? 'off' : channels.email;
    if (!inApp && !push && email === 'off') return;
    const id = newId<NotificationId>();
    const now = this.clock.now();
    const added = await this.notifications.add({
      id,
      workspaceId,
      userId: person.userId,
      eventId: event.id,
      kind: kind.key,
      actorId: event.actorId,
      facts,
      permission: kind.permission ?? null,
      inApp,
      outsiderUntil,
      digestAt: email === 'daily' ? nextDigest(now, person.timezone) : null,
      createdAt: now,
    });
    if (!added) return;
    if (inApp) await this.announce(workspaceId, id, person.userId, now);
    if (email === 'immediate') await this.jobQueue.add(MAIL_JOB, { workspaceId, id }, `${MAIL_JOB}:${id}`);
    if (push) await this.jobQueue.add(PUSH_JOB, { workspaceId, id }, `${PUSH_JOB}:${id}`);
  }

  private async announce(workspaceId: WorkspaceId, id: NotificationId, userId: UserId, at: Date): Promise<void> {
    const row = await this.notificationQueries.delivery(workspaceId, id);
    if (!row) return;
    const { createdAt, ...view } = this.notificationKinds.view(row);
    const notification = { ...view, readAt: null, createdAt: createdAt.toISOString() };
    // The platform tells; who did what is told of stands in the notification.
    await this.eventBus.publish([notificationCreated({ workspaceId, at }, { userId, notification })]);
  }
}
