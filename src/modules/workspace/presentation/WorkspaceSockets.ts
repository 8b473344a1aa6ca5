import type { EventRooms } from '../../../core/presentation/sockets/EventRooms';
import { socketCommand, type SocketCommands } from '../../../core/presentation/sockets/SocketCommand';
import { joinInput, roomInput } from './schemas';

export class WorkspaceSockets implements SocketCommands {
  constructor(private readonly eventRooms: EventRooms) {}

  readonly commands = [
    socketCommand({
      name: 'workspace:join',
      summary: 'Hear what happens in a workspace, and first what has happened since a cursor',
      input: joinInput,
      handle: (connection, { workspaceId, after }) => this.eventRooms.enter(connection, workspaceId, after),
    }),
    socketCommand({
      name: 'workspace:leave',
      summary: 'Hear it no more',
      input: roomInput,
      handle: async (connection, { workspaceId }) => {
        this.eventRooms.leave(connection, workspaceId);
        return { workspaceId };
      },
    }),
  ];
}
