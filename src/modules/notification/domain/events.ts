import { defineEvent } from '../../../core/domain/DomainEvent';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { NotificationFacts } from './Notification';
import type { NotificationId } from './NotificationId';

/** A notification as a client reads it when it is new. */
interface NewNotification {
  readonly id: NotificationId;
  readonly workspaceId: WorkspaceId;
  readonly kind: string;
  readonly title: string;
  readonly path: string;
  readonly facts: NotificationFacts;
  readonly actorId: UserId | null;
  readonly readAt: null;
  readonly createdAt: string;
}

export const notificationCreated = defineEvent<{ userId: UserId; notification: NewNotification }>(
  'notification.created',
  { socket: 'notification:new', audience: 'person' },
);
