import type { Server } from 'socket.io';
import type { LoggedEvent } from '../../application/EventBus';
import { eventMessage } from '../../application/eventMessage';
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

  /** A connection in several of the rooms hears it once. */
  send(rooms: string | string[], message: string, event: LoggedEvent): void {
    this.socketServer.to(rooms).emit(message, eventMessage(event));
  }
}
