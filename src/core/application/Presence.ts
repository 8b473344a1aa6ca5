import type { UserId, WorkspaceId } from '../domain/Id';

export interface PresenceChange {
  readonly workspaceId: WorkspaceId;
  readonly userId: UserId;
  readonly change: 'joined' | 'left';
}

/** Who is connected to a workspace, on any node. Somebody with several connections is there once. */
export interface Presence {
  /** One more connection of this node. */
  enter(workspaceId: WorkspaceId, userId: UserId): void;
  /** One less. */
  leave(workspaceId: WorkspaceId, userId: UserId): void;
  /** Everybody who is there, those who entered on this node before the question among them. */
  list(workspaceId: WorkspaceId): Promise<UserId[]>;
  /** Calls `listener` on every node when somebody's first connection comes, or the last one is gone. */
  onChange(listener: (change: PresenceChange) => void): void;
}
