import type { ObjectSchema } from 'joi';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { UserActor } from '../../domain/Actor';
import type { WorkspaceId } from '../../domain/Id';

/** A message that clients may send: declared once, validated and acknowledged by the gateway. */
export interface SocketCommand<Input = unknown> {
  readonly name: string;
  readonly summary: string;
  readonly input: ObjectSchema<Input>;
  /** What it returns goes into the acknowledgement `{ ok: true, … }`; what it throws, as a problem. */
  handle(connection: SocketConnection, input: Input): Promise<object>;
}

export interface SocketConnection {
  readonly id: string;
  readonly actor: UserActor;
  /** Whether it is still open. */
  readonly connected: boolean;
  readonly rooms: ReadonlySet<string>;
  /** Both take effect at once: what is told to the room next is heard, or is not. */
  readonly join: (room: string) => void;
  readonly leave: (room: string) => void;
  readonly send: (message: string, content: object) => void;
  /** Goes on with another credential of the same session. */
  readonly renew: (token: string, expiresAt: Date) => void;
}

export interface SocketCommands {
  readonly commands: readonly SocketCommand[];
}

/** Infers the handler's types from the declaration. */
export function socketCommand<Input>(declaration: SocketCommand<Input>): SocketCommand {
  return declaration;
}

/** What the gateway keeps with a connection. */
export interface SocketData {
  actor: UserActor;
  /** The credential of the handshake, or a fresher one, to look its session up again when something changed. */
  token: string;
  /** When the credential ends by itself, in milliseconds since 1970. */
  expiresAt: number;
  /** The workspace that the handshake named, to be told of at once or since a cursor. */
  entering?: { readonly workspaceId: WorkspaceId; readonly after?: string };
}

type Messages = Record<string, (message: object) => void>;

/** Socket.IO with what is kept with each connection. */
export type AtriumServer = Server<Record<string, never>, Messages, DefaultEventsMap, SocketData>;
export type AtriumSocket = Socket<Record<string, never>, Messages, DefaultEventsMap, SocketData>;

export function connectionOf(socket: AtriumSocket): SocketConnection {
  return {
    id: socket.id,
    get actor() {
      return socket.data.actor;
    },
    get connected() {
      return socket.connected;
    },
    rooms: socket.rooms,
    // A room would keep whoever joins it after the end.
    join: (room) => void (socket.connected && socket.join(room)),
    leave: (room) => void socket.leave(room),
    send: (message, content) => void socket.emit(message, content),
    renew: (token, expiresAt) => void Object.assign(socket.data, { token, expiresAt: expiresAt.getTime() }),
  };
}
