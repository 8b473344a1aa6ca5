import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { NotificationId } from './NotificationId';

/** Short texts and ids, which stand in the title and the path of a notification. */
export type NotificationFacts = Readonly<Record<string, string>>;

/** What one person is told of one event. */
export interface Notification {
  readonly id: NotificationId;
  readonly workspaceId: WorkspaceId;
  readonly userId: UserId;
  readonly eventId: string;
  /** The key of a kind. */
  readonly kind: string;
  readonly actorId: UserId | null;
  readonly facts: NotificationFacts;
  /** What the person has to hold to see it. */
  readonly permission: string | null;
  /** Whether it is in the person's list; else it is only mailed or pushed. */
  readonly inApp: boolean;
  /** It is for somebody who is not a member, and shown until then. */
  readonly outsiderUntil: Date | null;
  /** When it is due in a daily mail. */
  readonly digestAt: Date | null;
  readonly createdAt: Date;
}
