import type { WorkspaceAccess } from '../../application/Authenticator';
import type { UserActor } from '../../domain/Actor';
import type { WorkspaceId } from '../../domain/Id';
import { workspaceRoom } from './rooms';
import type { SocketConnection } from './SocketCommand';

/**
 * Lets a connection into the room of a workspace. Access is asked for again once it is in: somebody who was removed
 * between the question and the door would otherwise stay.
 * @throws NotFoundError unless the person is a member
 */
export async function joinWorkspace(
  { join, leave }: Pick<SocketConnection, 'join' | 'leave'>,
  access: WorkspaceAccess,
  actor: UserActor,
  workspaceId: WorkspaceId,
): Promise<void> {
  const room = workspaceRoom(workspaceId);
  await access.enter(actor, workspaceId);
  await join(room);
  try {
    await access.enter(actor, workspaceId);
  } catch (error) {
    await leave(room);
    throw error;
  }
}
