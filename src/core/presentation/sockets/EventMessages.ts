import type { Server } from 'socket.io';
import type { LoggedEvent } from '../../application/EventBus';
import type { PersonalMessages } from '../../application/PersonalMessages';
import type { UserId } from '../../domain/Id';
import { userRoom } from './rooms';

/** How many rooms one message is for at most: it travels to the other nodes with the names of all. */
const ROOMS = 1_000;

/** Events as messages on sockets, the same to whomever they go. */
export class EventMessages implements PersonalMessages {
  constructor(private readonly socketServer: Pick<Server, 'to'>) {}

  tell(people: readonly UserId[], message: string, event: LoggedEvent): void {
    const rooms = people.map(userRoom);
    for (let start = 0; start < rooms.length; start += ROOMS) {
      this.send(rooms.slice(start, start + ROOMS), message, event);
    }
  }

  /** The event's facts at top level, with what every event has. A connection in several of the rooms hears it once. */
  send(rooms: string | string[], message: string, event: LoggedEvent): void {
    const { id, type, workspaceId, cursor, occurredAt, actorId, facts } = event;
    const common = { id, type, workspaceId, cursor, occurredAt: occurredAt.toISOString(), actorId };
    this.socketServer.to(rooms).emit(message, { ...facts, ...common });
  }
}
