import Joi from 'joi';
import type { WorkspaceAccess } from '../../application/Authenticator';
import type { EventFeed } from '../../application/EventFeed';
import type { Presence, PresenceChange } from '../../application/Presence';
import { newId, type WorkspaceId } from '../../domain/Id';
import { id } from '../schema';
import { userRoom, workspaceOfRoom, workspaceRoom } from './rooms';
import { socketCommand, type AtriumServer, type SocketCommands } from './SocketCommand';

const PRESENCE_CHANGED = 'presence:changed';

/** Who is there: whoever is in the room of a workspace on any connection to any node. API keys are nobody. */
export class PresenceSockets implements SocketCommands {
  constructor(
    private readonly socketServer: AtriumServer,
    private readonly eventFeed: EventFeed,
    private readonly presence: Presence,
    private readonly workspaceAccess: WorkspaceAccess,
  ) {
    const { adapter } = socketServer.of('/');
    adapter.on('join-room', (room: string, socketId: string) => this.move('enter', room, socketId));
    adapter.on('leave-room', (room: string, socketId: string) => this.move('leave', room, socketId));
    presence.onChange((change) => this.tell(change));
  }

  readonly commands = [
    socketCommand({
      name: 'presence:list',
      summary: 'The people who are connected to a workspace',
      input: Joi.object<{ workspaceId: WorkspaceId }>({ workspaceId: id('workspace').required() }),
      handle: async ({ actor }, { workspaceId }) => {
        await this.workspaceAccess.enter(actor, workspaceId);
        return { workspaceId, userIds: await this.presence.list(workspaceId) };
      },
    }),
  ];

  private move(how: 'enter' | 'leave', room: string, socketId: string): void {
    const workspaceId = workspaceOfRoom(room);
    const actor = this.socketServer.of('/').sockets.get(socketId)?.data.actor;
    if (workspaceId && actor?.kind === 'person') this.presence[how](workspaceId, actor.userId);
  }

  /** Nobody hears it of themselves. It is no event: its cursor says how far the log has been told. */
  private tell({ workspaceId, userId, change }: PresenceChange): void {
    this.socketServer.local.to(workspaceRoom(workspaceId)).except(userRoom(userId)).emit(PRESENCE_CHANGED, {
      id: newId(),
      type: 'presence.changed',
      workspaceId,
      cursor: this.eventFeed.head,
      occurredAt: new Date().toISOString(),
      actorId: userId,
      userId,
      change,
    });
  }
}
