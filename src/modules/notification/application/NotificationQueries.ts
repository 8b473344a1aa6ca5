import type { Page, PageRequest } from '../../../core/application/Page';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { Notification } from '../domain/Notification';
import type { NotificationId } from '../domain/NotificationId';

/** A notification with the names that it tells. */
export interface NotificationRow extends Pick<
  Notification,
  'id' | 'workspaceId' | 'kind' | 'actorId' | 'facts' | 'createdAt'
> {
  readonly actorName: string | null;
  readonly workspaceName: string | null;
  readonly readAt: Date | null;
}

/** One that waits to be sent, or was. */
export interface DeliveryRow extends NotificationRow, Pick<Notification, 'userId' | 'permission' | 'outsiderUntil'> {
  readonly mailedAt: Date | null;
  readonly pushedAt: Date | null;
}

export interface NotificationFilters {
  readonly unread?: boolean;
  readonly workspaceId?: WorkspaceId;
}

export interface NotificationQueries {
  /** What a person may see, across the workspaces they are in. */
  list(userId: UserId, filters: NotificationFilters, request: PageRequest): Promise<Page<NotificationRow>>;
  /** One of those. @throws NotFoundError */
  notification(userId: UserId, id: NotificationId): Promise<NotificationRow>;
  unreadCount(userId: UserId, workspaceId?: WorkspaceId): Promise<number>;
  /** The workspaces of a person's notifications, to be locked in this order; those with unread ones, or all. */
  workspacesOf(userId: UserId, which: 'unread' | 'all'): Promise<readonly WorkspaceId[]>;
  /** Null once it is withdrawn or purged. */
  delivery(workspaceId: WorkspaceId, id: NotificationId): Promise<DeliveryRow | null>;
  /** Across tenants, who has a daily mail to get. */
  dueForDigest(now: Date): Promise<readonly UserId[]>;
  /** Across tenants, some of a person's notifications, the oldest first. */
  deliveries(userId: UserId, ids: readonly NotificationId[]): Promise<readonly DeliveryRow[]>;
}
