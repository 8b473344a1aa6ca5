import type { Server } from 'socket.io';
import type { LoggedEvent } from '../../application/EventBus';
import { eventMessage } from '../../application/eventMessage';
import type { PersonalMessages } from '../../application/PersonalMessages';
import type { UserId } from '../../domain/Id';
import { userRoom } from './rooms';

/** What waits for a connection that hears older events first. */
export interface HeldMessage {
  readonly event: LoggedEvent;
  readonly message: string;
}

interface Hold {
  readonly room: string;
  readonly messages: HeldMessage[];
}

/** Events as messages on the sockets of this node, the same to whomever they go. Every node reads the same log. */
export class EventMessages implements PersonalMessages {
  private readonly holds = new Map<string, Hold>();

  constructor(private readonly socketServer: Pick<Server, 'local' | 'of'>) {}

  /** @param except the connections of theirs that are not told */
  tell(people: readonly UserId[], message: string, event: LoggedEvent, except: readonly string[] = []): void {
    const rooms = people.map(userRoom);
    const concerned = new Set(rooms);
    const waiting = [...this.holds].filter(([, { room }]) => concerned.has(room));
    for (const [, { messages }] of waiting) messages.push({ event, message });
    const untold = [...except, ...waiting.map(([connection]) => connection)];
    this.send(rooms, message, event, untold);
  }

  /**
   * Tells each connection once, in however many of the rooms it is; one by itself is a room, too.
   * @param except the connections that are not told
   */
  send(rooms: readonly string[], message: string, event: LoggedEvent, except: string[]): void {
    // To no rooms would be to everybody. Most events have nobody who listens here: those are not even encoded.
    const occupied = rooms.filter((room) => this.socketServer.of('/').adapter.rooms.has(room));
    if (occupied.length > 0) this.socketServer.local.to(occupied).except(except).emit(message, eventMessage(event));
  }

  /** Keeps what a person is told from one connection until the release, which hands it over. */
  hold(connection: string, userId: UserId): () => readonly HeldMessage[] {
    const held: Hold = { room: userRoom(userId), messages: [] };
    this.holds.set(connection, held);
    return () => {
      this.holds.delete(connection);
      return held.messages;
    };
  }
}
