import type { WorkspaceAccess } from '../../../core/application/Authenticator';
import { joinWorkspace } from '../../../core/presentation/sockets/joinWorkspace';
import { workspaceRoom } from '../../../core/presentation/sockets/rooms';
import { socketCommand, type SocketCommands } from '../../../core/presentation/sockets/SocketCommand';
import { roomInput } from './schemas';

export class WorkspaceSockets implements SocketCommands {
  constructor(private readonly workspaceAccess: WorkspaceAccess) {}

  readonly commands = [
    socketCommand({
      name: 'workspace:join',
      summary: 'Hear what happens in a workspace',
      input: roomInput,
      handle: async (connection, { workspaceId }) => {
        await joinWorkspace(connection, this.workspaceAccess, connection.actor, workspaceId);
        return { workspaceId };
      },
    }),
    socketCommand({
      name: 'workspace:leave',
      summary: 'Hear it no more',
      input: roomInput,
      handle: async (connection, { workspaceId }) => {
        await connection.leave(workspaceRoom(workspaceId));
        return { workspaceId };
      },
    }),
  ];
}
