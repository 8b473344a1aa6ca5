import type { Schema } from 'joi';
import type { EventKind } from '../../src/core/domain/DomainEvent';
import type { SocketCommand } from '../../src/core/presentation/sockets/SocketCommand';

type Json = Record<string, unknown>;
type Named = readonly [name: string, message: Json];

const CHANNEL = { $ref: '#/channels/socket' };
/** In `auth.token` of the handshake, or in a cookie of a page that is let in. */
const TOKEN = { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' };
const SECURITY = [{ $ref: '#/components/securitySchemes/token' }];
const TEXT = { type: 'string' };
const ID = { type: 'string', format: 'uuid' };

/** What every event tells. */
const COMMON = {
  id: ID,
  type: TEXT,
  workspaceId: ID,
  cursor: { type: 'string', description: 'Opaque; what comes after it is told again to whoever gives it as `after`' },
  occurredAt: { type: 'string', format: 'date-time' },
  actorId: { type: ['string', 'null'], format: 'uuid', description: 'Null for the platform itself' },
};

const ANSWER = {
  name: 'acknowledgement',
  summary: 'How each command is answered, in the acknowledgement of Socket.IO',
  payload: {
    type: 'object',
    required: ['ok'],
    properties: {
      ok: { type: 'boolean' },
      error: { type: 'object', description: 'A problem document (RFC 9457), where `ok` is false' },
    },
  },
};

/** What is told that stands in no log. */
const OTHERS: Record<string, Json> = {
  'presence.changed': {
    name: 'presence:changed',
    summary: 'Somebody’s first connection to the workspace is there, or the last one is gone',
    payload: object({
      ...COMMON,
      type: { const: 'presence.changed' },
      userId: ID,
      change: { type: 'string', enum: ['joined', 'left'] },
    }),
  },
  'workspace.resync': {
    name: 'workspace:resync',
    summary: 'The cursor of the handshake is unknown or older than seven days: read everything anew',
    payload: object({ workspaceId: ID, cursor: TEXT }),
  },
};

function object(properties: Json): Json {
  return { type: 'object', required: Object.keys(properties), properties };
}

function told({ name, socket, audience, permission, facts }: EventKind): Json {
  const members = permission ? `, to those who hold \`${permission}\`` : '';
  return {
    name: socket,
    summary:
      audience === 'person' ? 'Told to the person whom `userId` names' : `Told in the room of the workspace${members}`,
    payload: object({ ...facts, ...COMMON, type: { const: name } }),
  };
}

function command({ name, summary, input }: SocketCommand): Json {
  const schema: unknown = (input as Schema)['~standard'].jsonSchema.input({ target: 'draft-2020-12' });
  return { name, summary, payload: schema };
}

const keyOf = (name: string): string =>
  name.replaceAll(/[^A-Za-z0-9]+(\w)/g, (_match, next: string) => next.toUpperCase());

/** The AsyncAPI 3.0 document of what is said on sockets, from the declarations of events and commands. */
export function asyncApiDocument(
  kinds: readonly EventKind[],
  commands: readonly SocketCommand[],
  version: string,
): Json {
  const events = kinds.filter(({ socket }) => socket).map((kind): Named => [keyOf(kind.name), told(kind)]);
  const others = Object.entries(OTHERS).map(([name, message]): Named => [keyOf(name), message]);
  const heard: Json = Object.fromEntries([...events, ...others].sort(([a], [b]) => (a < b ? -1 : 1)));
  const sent = Object.fromEntries(commands.map((each) => [`${keyOf(each.name)}Command`, command(each)])) as Json;
  const messages = { ...heard, ...sent, acknowledgement: ANSWER };
  const reference = (name: string): Json => ({ $ref: `#/channels/socket/messages/${name}` });
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Atrium on sockets',
      version,
      description:
        'Socket.IO on the port of the API. Handshake `auth: { token, workspaceId?, after? }`; a refusal is a ' +
        '`connect_error` whose `data` is a problem. Events of a workspace come in the order of their commits, each once.',
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    defaultContentType: 'application/json',
    channels: {
      socket: {
        address: '/socket.io',
        messages: Object.fromEntries(
          Object.keys(messages).map((name) => [name, { $ref: `#/components/messages/${name}` }]),
        ),
      },
    },
    operations: {
      tell: { action: 'send', channel: CHANNEL, security: SECURITY, messages: Object.keys(heard).map(reference) },
      ...Object.fromEntries(
        Object.keys(sent).map((name) => [
          name,
          {
            action: 'receive',
            channel: CHANNEL,
            security: SECURITY,
            messages: [reference(name)],
            reply: { channel: CHANNEL, messages: [reference('acknowledgement')] },
          },
        ]),
      ),
    },
    components: { messages, securitySchemes: { token: TOKEN } },
  };
}
