import Joi from 'joi';
import type { WorkspaceAccess } from '../../application/Authenticator';
import type { Clock } from '../../application/Clock';
import type { LoggedEvent } from '../../application/EventBus';
import { isLater, parseCursor, type EventCursor } from '../../application/EventCursor';
import type { EventFeed } from '../../application/EventFeed';
import type { WorkspaceActor } from '../../domain/Actor';
import { mayHear, type Audience, type EventKind } from '../../domain/DomainEvent';
import type { UserId, WorkspaceId } from '../../domain/Id';
import { ConflictError } from '../../errors/ConflictError';
import { eventMessage } from '../../application/eventMessage';
import type { EventMessages } from './EventMessages';
import { holdersRoom, workspaceOfRoom, workspaceRoom } from './rooms';
import type { SocketConnection } from './SocketCommand';

/** Any text: what is no cursor is an unknown one. */
export const CURSOR = Joi.string().max(100);

/** How many workspaces a connection may hear of at a time. */
const MAX_WORKSPACES = 50;

const PAGE = 200;

/** For how long a client may be away and still be told all it missed. */
const RESUMABLE_MS = 7 * 24 * 60 * 60 * 1000;

/** What a client learns when it is in: where the room stands, and whether it has to read everything anew. */
export interface Entered {
  readonly workspaceId: WorkspaceId;
  readonly cursor: string;
  readonly resync?: true;
}

/** What it is called on sockets, and who hears it. */
interface Telling {
  readonly message: string;
  readonly audience: Audience;
  readonly permission?: string;
}

/** A connection that had to go, and the rooms that it was in. */
interface Leaver {
  readonly id: string;
  readonly rooms: ReadonlySet<string>;
}

/** The rooms of workspaces: who gets in, what is told in them, and what was told to those who were away. */
export class EventRooms {
  private readonly kinds = new Map<string, Telling>();

  /** The permissions that some kind of event takes. */
  private readonly guards = new Set<string>();

  /** Event -> connections that came after it. */
  private readonly passed = new Map<string, string[]>();

  /** Event -> connections that went after it, and have not been told yet. */
  private readonly owed = new Map<string, Leaver[]>();

  constructor(
    private readonly eventFeed: EventFeed,
    private readonly workspaceAccess: WorkspaceAccess,
    private readonly personalMessages: EventMessages,
    private readonly clock: Clock,
  ) {
    // The first of all who follow: the rooms have then heard everything up to the head, whenever somebody looks.
    eventFeed.subscribe((event) => this.tell(event));
  }

  /** Those of these kinds that have a name on sockets are told from now on. */
  declare(kinds: readonly EventKind[]): void {
    for (const { name, socket: message, audience = 'workspace', permission } of kinds) {
      if (message) this.kinds.set(name, { message, audience, ...(permission && { permission }) });
      if (message && permission) this.guards.add(permission);
    }
  }

  /**
   * Lets a connection into the room of a workspace, at once or, given a cursor, after all it has missed since. Access
   * is asked for again once it is in: somebody who was removed between the question and the door would otherwise stay.
   * @throws NotFoundError unless the person is a member, ConflictError for too many rooms
   */
  async enter(connection: SocketConnection, workspaceId: WorkspaceId, after?: string): Promise<Entered> {
    const room = workspaceRoom(workspaceId);
    const access = await this.workspaceAccess.enter(connection.actor, workspaceId);
    const others = [...connection.rooms].filter((name) => name !== room && workspaceOfRoom(name));
    if (others.length >= MAX_WORKSPACES) {
      throw new ConflictError('CONFLICT', `A connection hears of ${MAX_WORKSPACES} workspaces at most.`);
    }
    if (after === undefined) await this.passOver(connection, workspaceId);
    const complete = after === undefined || (await this.resume(connection, workspaceId, after));
    this.join(connection, access);
    const cursor = this.eventFeed.head;
    try {
      this.join(connection, await this.workspaceAccess.enter(connection.actor, workspaceId));
    } catch (error) {
      this.leave(connection, workspaceId);
      throw error;
    }
    return { workspaceId, cursor, ...(!complete && { resync: true }) };
  }

  /** Tells a connection from now on what a member hears, and of the rest what this one may. */
  join(connection: SocketConnection, { workspaceId, permissions }: WorkspaceActor): void {
    connection.join(workspaceRoom(workspaceId));
    for (const guard of this.guards) {
      const room = holdersRoom(workspaceId, guard);
      if (permissions.has(guard)) connection.join(room);
      else connection.leave(room);
    }
  }

  leave(connection: SocketConnection, workspaceId: WorkspaceId): void {
    connection.leave(workspaceRoom(workspaceId));
    for (const guard of this.guards) connection.leave(holdersRoom(workspaceId, guard));
  }

  /**
   * Takes out who may not stay, unless it is let in again meanwhile. What happened until now is told to it all the same
   * once its turn comes, that it has to go most of all.
   */
  async dismiss(
    connection: SocketConnection,
    workspaceId: WorkspaceId,
    isLetIn: () => Promise<boolean>,
  ): Promise<void> {
    const pending = await this.eventFeed.pending(workspaceId);
    if (await isLetIn()) return;
    const leaver = { id: connection.id, rooms: new Set(connection.rooms) };
    for (const id of this.stillUntold(pending)) append(this.owed, id, leaver);
    this.leave(connection, workspaceId);
  }

  /** What happened before a connection comes is not told to it, though the feed may not have got there yet. */
  async passOver({ id: connection }: { readonly id: string }, workspaceId: WorkspaceId): Promise<void> {
    const pending = await this.eventFeed.pending(workspaceId);
    for (const id of this.stillUntold(pending)) append(this.passed, id, connection);
  }

  /** Which of them have not been told since they were looked up. */
  private stillUntold(pending: Awaited<ReturnType<EventFeed['pending']>>): string[] {
    const head = parseCursor(this.eventFeed.head);
    const isUntold = (cursor: EventCursor | undefined): boolean => !!cursor && !!head && isLater(cursor, head);
    return pending.filter(({ cursor }) => isUntold(parseCursor(cursor))).map(({ id }) => id);
  }

  private tell(event: LoggedEvent): void {
    const [cameLater, owed] = [take(this.passed, event.id), take(this.owed, event.id)];
    const { message, audience, permission } = this.kinds.get(event.type) ?? {};
    const { workspaceId } = event;
    if (!message || !workspaceId) return;
    const room = permission ? holdersRoom(workspaceId, permission) : workspaceRoom(workspaceId);
    if (audience === 'person') this.personalMessages.tell([personOf(event)], message, event, cameLater);
    else {
      const leavers = owed.filter(({ rooms }) => rooms.has(room)).map(({ id }) => id);
      const except = cameLater.filter((id) => !leavers.includes(id));
      this.personalMessages.send([room, ...leavers], message, event, except);
    }
  }

  /**
   * Tells what was missed, up to where the room stands when the connection gets in.
   * @returns false when nobody can say what that was
   */
  private async resume(connection: SocketConnection, workspaceId: WorkspaceId, after: string): Promise<boolean> {
    this.leave(connection, workspaceId);
    const cursor = parseCursor(after);
    if (!cursor || !(await this.isKnown(cursor))) return false;
    const release = this.personalMessages.hold(connection.id, connection.actor.userId);
    const told = new Set<string>();
    try {
      return await this.replay(connection, workspaceId, after, told);
    } finally {
      for (const { event, message } of release())
        if (!told.has(event.id)) connection.send(message, eventMessage(event));
    }
  }

  private async replay(
    connection: SocketConnection,
    workspaceId: WorkspaceId,
    start: string,
    told: Set<string>,
  ): Promise<boolean> {
    const types = [...this.kinds.keys()];
    const { actor } = connection;
    let after = start;
    while (connection.connected) {
      const upTo = this.eventFeed.head;
      const events = await this.eventFeed.between({ workspaceId, types, after, upTo, limit: PAGE });
      const [first] = events;
      const oldest = this.clock.now().getTime() - RESUMABLE_MS;
      if (after === start && first && first.occurredAt.getTime() < oldest) return false;
      const access = await this.workspaceAccess.enter(actor, workspaceId);
      for (const event of events) this.tellAgain(connection, access, event, told);
      after = events.length === PAGE ? (events.at(-1)?.cursor ?? upTo) : upTo;
      // Nothing has been told since: from here on, the room tells the rest.
      if (after === this.eventFeed.head) {
        this.join(connection, access);
        break;
      }
    }
    return true;
  }

  private tellAgain(
    connection: SocketConnection,
    { userId, permissions }: WorkspaceActor,
    event: LoggedEvent,
    told: Set<string>,
  ): void {
    const telling = this.kinds.get(event.type);
    if (!telling || !mayHear(telling, permissions)) return;
    if (telling.audience === 'person' && personOf(event) !== userId) return;
    connection.send(telling.message, eventMessage(event));
    told.add(event.id);
  }

  /** Another node may be ahead of this one, but none is ahead of the log. */
  private async isKnown(cursor: EventCursor): Promise<boolean> {
    if (!this.isAhead(cursor)) return true;
    await this.eventFeed.catchUp();
    return !this.isAhead(cursor);
  }

  private isAhead(cursor: EventCursor): boolean {
    const head = parseCursor(this.eventFeed.head);
    return !head || isLater(cursor, head);
  }
}

const personOf = ({ facts }: LoggedEvent): UserId => (facts as { userId: UserId }).userId;

function append<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  lists.set(key, [...(lists.get(key) ?? []), value]);
}

function take<Value>(lists: Map<string, Value[]>, key: string): readonly Value[] {
  const list = lists.get(key) ?? [];
  lists.delete(key);
  return list;
}
