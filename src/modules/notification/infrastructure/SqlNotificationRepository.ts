import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { Notification } from '../domain/Notification';
import type { NotificationId } from '../domain/NotificationId';
import type { NotificationRepository, SentBy, Withdrawn } from '../domain/NotificationRepository';

const BEGIN = statement(
  'notification.begin',
  `INSERT INTO notified_events (workspace_id, event_id, kind, created_at) SELECT $1, $2, unnest($3::text[]), $4
   ON CONFLICT DO NOTHING RETURNING kind`,
);

const POSTPONE_DIGEST = statement(
  'notification.postpone-digest',
  `UPDATE notifications SET digest_at = $3
   WHERE user_id = $1 AND digest_at <= $2 AND mailed_at IS NULL AND read_at IS NULL RETURNING id`,
);

// A person's name is looked up when it is read. That of an API key never changes, and stands in the facts, because people
// see no keys outside of their workspace.
const ADD = statement(
  'notification.add',
  `INSERT INTO notifications (workspace_id, id, user_id, event_id, kind, actor_id, facts, permission, in_app,
     outsider_until, digest_at, created_at)
   VALUES ($1, $2, $3, $4, $5, $6,
     coalesce((SELECT jsonb_build_object('actor', name) FROM api_keys WHERE workspace_id = $1 AND id = $6), '{}') || $7::jsonb,
     $8, $9, $10, $11, $12)
   ON CONFLICT (workspace_id, event_id, user_id) DO NOTHING RETURNING id`,
);

const MARK_READ = statement(
  'notification.mark-read',
  `UPDATE notifications SET read_at = $3
   WHERE workspace_id = $1 AND user_id = $2 AND in_app AND read_at IS NULL AND ($4::uuid IS NULL OR id = $4)`,
);

const MARK_SENT: Readonly<Record<SentBy, ReturnType<typeof statement>>> = {
  mail: statement(
    'notification.mark-mailed',
    'UPDATE notifications SET mailed_at = $3 WHERE workspace_id = $1 AND id = ANY ($2::uuid[])',
  ),
  push: statement(
    'notification.mark-pushed',
    'UPDATE notifications SET pushed_at = $3 WHERE workspace_id = $1 AND id = ANY ($2::uuid[])',
  ),
};

const WITHDRAW_ABOUT = statement(
  'notification.withdraw-about',
  `DELETE FROM notifications
   WHERE workspace_id = $1 AND kind = $2 AND facts @> $3::jsonb AND user_id <> ALL ($4::uuid[])`,
);
const WITHDRAW_FROM = statement(
  'notification.withdraw-from',
  'DELETE FROM notifications WHERE workspace_id = $1 AND kind = $2 AND user_id = $3',
);
const FORGET = statement('notification.forget', 'DELETE FROM notifications WHERE workspace_id = $1 AND user_id = $2');

export class SqlNotificationRepository implements NotificationRepository {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async begin(
    workspaceId: WorkspaceId,
    eventId: string,
    kinds: readonly string[],
    now: Date,
  ): Promise<readonly string[]> {
    const rows = await this.unitOfWork.execute<{ kind: string }>(BEGIN, [
      workspaceId,
      eventId,
      [...new Set(kinds)],
      now,
    ]);
    return rows.map(({ kind }) => kind);
  }

  async postponeDigest(userId: UserId, now: Date, until: Date): Promise<readonly NotificationId[]> {
    const rows = await this.unitOfWork.execute<{ id: NotificationId }>(POSTPONE_DIGEST, [userId, now, until]);
    return rows.map(({ id }) => id);
  }

  async add(notification: Notification): Promise<boolean> {
    const { workspaceId, id, userId, eventId, kind, actorId, facts, permission, inApp, outsiderUntil } = notification;
    const first = [workspaceId, id, userId, eventId, kind, actorId, facts, permission, inApp, outsiderUntil];
    const rows = await this.unitOfWork.execute(ADD, [...first, notification.digestAt, notification.createdAt]);
    return rows.length > 0;
  }

  async markRead(workspaceId: WorkspaceId, userId: UserId, now: Date, id?: NotificationId): Promise<void> {
    await this.unitOfWork.execute(MARK_READ, [workspaceId, userId, now, id ?? null]);
  }

  async markSent(workspaceId: WorkspaceId, ids: readonly NotificationId[], by: SentBy, now: Date): Promise<void> {
    await this.unitOfWork.execute(MARK_SENT[by], [workspaceId, ids, now]);
  }

  async withdraw(workspaceId: WorkspaceId, kind: string, which: Withdrawn): Promise<void> {
    if ('userId' in which) await this.unitOfWork.execute(WITHDRAW_FROM, [workspaceId, kind, which.userId]);
    else await this.unitOfWork.execute(WITHDRAW_ABOUT, [workspaceId, kind, which.facts, which.except ?? []]);
  }

  async forget(workspaceId: WorkspaceId, userId: UserId): Promise<void> {
    await this.unitOfWork.execute(FORGET, [workspaceId, userId]);
  }
}
