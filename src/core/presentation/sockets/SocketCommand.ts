import type { ObjectSchema } from 'joi';
import type { UserActor } from '../../domain/Actor';

/** A message that clients may send: declared once, validated and acknowledged by the gateway. */
export interface SocketCommand<Input = unknown> {
  readonly name: string;
  readonly summary: string;
  readonly input: ObjectSchema<Input>;
  /** What it returns goes into the acknowledgement `{ ok: true, … }`; what it throws, as a problem. */
  handle(connection: SocketConnection, input: Input): Promise<object>;
}

export interface SocketConnection {
  readonly actor: UserActor;
  readonly join: (room: string) => void | Promise<void>;
  readonly leave: (room: string) => void | Promise<void>;
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
  /** The credential of the handshake, to look its session up again when something changed. */
  token: string;
  /** When the credential ends by itself, in milliseconds since 1970. */
  expiresAt: number;
}
