import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { Notification, NotificationFacts } from './Notification';
import type { NotificationId } from './NotificationId';

/** The ways on which a notification is sent once, besides the list that it stands in. */
export type SentBy = 'mail' | 'push';

export type Withdrawn =
  { readonly facts: NotificationFacts; readonly except?: readonly UserId[] } | { readonly userId: UserId };

export interface NotificationRepository {
  /**
   * Notes that people are told of an event by notifications of these kinds. Answers those of which nobody was told before:
   * who is to be told is decided once, whatever changes before the event comes by again.
   */
  begin(workspaceId: WorkspaceId, eventId: string, kinds: readonly string[], now: Date): Promise<readonly string[]>;
  /** Adds it, unless the person was told of that event before. @returns whether it did */
  add(notification: Notification): Promise<boolean>;
  /** Those of the person in the workspace, or one of them; what was read before stays as it is. */
  markRead(workspaceId: WorkspaceId, userId: UserId, now: Date, id?: NotificationId): Promise<void>;
  /** Notes that these were sent, or need not be sent any more. */
  markSent(workspaceId: WorkspaceId, ids: readonly NotificationId[], by: SentBy, now: Date): Promise<void>;
  /**
   * Puts off what is due for a person's daily mail, across workspaces, and answers what that was: it is for the caller to
   * send, and due again then, unless it is marked as sent.
   */
  postponeDigest(userId: UserId, now: Date, until: Date): Promise<readonly NotificationId[]>;
  /** Takes back those of a kind that hold these facts, `except` those of some people, or that a person has. */
  withdraw(workspaceId: WorkspaceId, kind: string, which: Withdrawn): Promise<void>;
  /** Forgets a person's notifications in one workspace. */
  forget(workspaceId: WorkspaceId, userId: UserId): Promise<void>;
}
