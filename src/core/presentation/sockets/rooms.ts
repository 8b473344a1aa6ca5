import type { UserId, WorkspaceId } from '../../domain/Id';

const WORKSPACE_ROOM = 'workspace:';

export const userRoom = (userId: UserId): string => `user:${userId}`;
/** Those in a workspace's room who hold a permission. */
export const holdersRoom = (workspaceId: WorkspaceId, permission: string): string =>
  `holders:${workspaceId}:${permission}`;
export const workspaceRoom = (workspaceId: WorkspaceId): string => `${WORKSPACE_ROOM}${workspaceId}`;

/** The workspace whose room this is, if it is one. */
export function workspaceOfRoom(room: string): WorkspaceId | undefined {
  return room.startsWith(WORKSPACE_ROOM) ? (room.slice(WORKSPACE_ROOM.length) as WorkspaceId) : undefined;
}
