import type { Page, PageRequest } from '../../../core/application/Page';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { found } from '../../../core/infrastructure/database/found';
import { PagedQuery, type Filter } from '../../../core/infrastructure/database/PagedQuery';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type {
  DeliveryRow,
  NotificationFilters,
  NotificationQueries,
  NotificationRow,
} from '../application/NotificationQueries';
import type { NotificationId } from '../domain/NotificationId';

const ROW = `SELECT notifications.id, notifications.workspace_id AS "workspaceId", notifications.kind,
  notifications.actor_id AS "actorId", notifications.facts, notifications.created_at AS "createdAt",
  notifications.read_at AS "readAt", actors.name AS "actorName", workspaces.name AS "workspaceName"`;

const FROM = `notifications
  LEFT JOIN workspaces ON workspaces.id = notifications.workspace_id
  LEFT JOIN users AS actors ON actors.id = notifications.actor_id`;

/** That the person is an active member, or invited, is in the policy of the table; this is what a member may still read. */
const VISIBLE = `notifications.user_id = $1 AND notifications.in_app AND (
  notifications.outsider_until > now() OR (
    workspaces.status = 'active' AND workspaces.deleted_at IS NULL AND (
      notifications.permission IS NULL OR EXISTS (
        SELECT FROM member_roles
        JOIN role_grants ON role_grants.workspace_id = member_roles.workspace_id AND role_grants.role_id = member_roles.role_id
        WHERE member_roles.workspace_id = notifications.workspace_id AND member_roles.user_id = notifications.user_id
          AND role_grants.permission = notifications.permission))))`;

const LIST = new PagedQuery<NotificationRow>({
  name: 'notification.list',
  select: ROW,
  from: FROM,
  where: VISIBLE,
  sorts: { createdAt: { by: 'notifications.created_at', type: 'timestamptz' } },
  id: 'notifications.id',
});

const UNREAD = '? AND notifications.read_at IS NULL';
const READ = 'NOT ? AND notifications.read_at IS NOT NULL';
const IN_WORKSPACE = 'notifications.workspace_id = ?';

const FIND = statement('notification.find', `${ROW} FROM ${FROM} WHERE ${VISIBLE} AND notifications.id = $2`);

const COUNT_UNREAD = statement(
  'notification.count-unread',
  `SELECT count(*)::int AS unread FROM ${FROM}
   WHERE ${VISIBLE} AND notifications.read_at IS NULL AND ($2::uuid IS NULL OR notifications.workspace_id = $2)`,
);

const WORKSPACES_OF = {
  unread: statement(
    'notification.unread-workspaces',
    `SELECT DISTINCT workspace_id AS id FROM notifications WHERE user_id = $1 AND in_app AND read_at IS NULL ORDER BY 1`,
  ),
  all: statement(
    'notification.workspaces',
    'SELECT DISTINCT workspace_id AS id FROM notifications WHERE user_id = $1 ORDER BY 1',
  ),
};

const DELIVERY = `${ROW}, notifications.user_id AS "userId", notifications.permission,
  notifications.outsider_until AS "outsiderUntil", notifications.mailed_at AS "mailedAt",
  notifications.pushed_at AS "pushedAt" FROM ${FROM}`;

const FIND_DELIVERY = statement(
  'notification.delivery',
  `${DELIVERY} WHERE notifications.workspace_id = $1 AND notifications.id = $2`,
);

const DUE_FOR_DIGEST = statement(
  'notification.due-for-digest',
  `SELECT DISTINCT user_id AS "userId" FROM notifications
   WHERE digest_at <= $1 AND mailed_at IS NULL AND read_at IS NULL`,
);
const DELIVERIES = statement(
  'notification.deliveries',
  `${DELIVERY} WHERE notifications.user_id = $1 AND notifications.id = ANY ($2::uuid[]) ORDER BY notifications.created_at, notifications.id`,
);

const PLATFORM = { platform: true } as const;

export class SqlNotificationQueries implements NotificationQueries {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  list(
    userId: UserId,
    { unread, workspaceId }: NotificationFilters,
    request: PageRequest,
  ): Promise<Page<NotificationRow>> {
    const filters: Filter[] = [];
    if (unread !== undefined) filters.push([unread ? UNREAD : READ, unread]);
    if (workspaceId) filters.push([IN_WORKSPACE, workspaceId]);
    return LIST.run(this.unitOfWork, { userId }, [userId], filters, request);
  }

  async notification(userId: UserId, id: NotificationId): Promise<NotificationRow> {
    return found(await this.unitOfWork.read<NotificationRow>({ userId }, FIND, [userId, id]));
  }

  async unreadCount(userId: UserId, workspaceId?: WorkspaceId): Promise<number> {
    const values = [userId, workspaceId ?? null];
    return found(await this.unitOfWork.read<{ unread: number }>({ userId }, COUNT_UNREAD, values)).unread;
  }

  async workspacesOf(userId: UserId, which: 'unread' | 'all'): Promise<readonly WorkspaceId[]> {
    // All of them are also those in which the person is no member any more, which only the platform sees.
    const scope = which === 'all' ? PLATFORM : { userId };
    const rows = await this.unitOfWork.read<{ id: WorkspaceId }>(scope, WORKSPACES_OF[which], [userId]);
    return rows.map(({ id }) => id);
  }

  async delivery(workspaceId: WorkspaceId, id: NotificationId): Promise<DeliveryRow | null> {
    const [row] = await this.unitOfWork.read<DeliveryRow>({ workspaceId }, FIND_DELIVERY, [workspaceId, id]);
    return row ?? null;
  }

  async dueForDigest(now: Date): Promise<readonly UserId[]> {
    const rows = await this.unitOfWork.read<{ userId: UserId }>(PLATFORM, DUE_FOR_DIGEST, [now]);
    return rows.map(({ userId }) => userId);
  }

  deliveries(userId: UserId, ids: readonly NotificationId[]): Promise<readonly DeliveryRow[]> {
    return this.unitOfWork.read<DeliveryRow>(PLATFORM, DELIVERIES, [userId, ids]);
  }
}
