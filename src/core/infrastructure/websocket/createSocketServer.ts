import { createAdapter } from '@socket.io/redis-adapter';
import type { Redis, RedisOptions } from 'ioredis';
import { Server, type DefaultEventsMap } from 'socket.io';
import type { Logger } from '../../application/Logger';

/** The largest packet a client may send, in bytes. */
const MAX_PACKET = 64 * 1024;

/** A connection that, unlike the one for cache and limits, may be silent for as long as nothing happens. */
function adapterClient(redis: Redis, options: RedisOptions, logger: Logger): Redis {
  const client = redis.duplicate({ ...options, commandTimeout: undefined, socketTimeout: undefined });
  client.on('error', (error) => logger.debug('A Redis connection of the sockets failed', { error }));
  return client;
}

/** Subscriptions wait for Redis to come back. */
function subscriber(redis: Redis, logger: Logger): Redis {
  return adapterClient(redis, { enableOfflineQueue: true, maxRetriesPerRequest: null }, logger);
}

/** Messages do not: sent late, they would arrive after newer ones. This node's own sockets hear them all the same. */
function publisher(redis: Redis, logger: Logger): Redis {
  const client = adapterClient(redis, { enableOfflineQueue: false }, logger);
  const publish = client.publish.bind(client);
  return Object.assign(client, {
    publish: (channel: string, message: string | Buffer) => publish(channel, message).catch(() => 0),
  });
}

/**
 * Socket.IO, to be attached to the platform's HTTP server. With Redis, rooms span all nodes; without, they are this
 * node's. Events need neither: every node reads them in the log and tells its own sockets, by `server.local`. A cross-site page can't connect: the origin is checked for WebSocket handshakes too, which CORS leaves open.
 */
export function createSocketServer<Data>(
  origins: readonly string[],
  redis: Redis | null,
  logger: Logger,
): { server: Server<DefaultEventsMap, DefaultEventsMap, object, Data>; close: () => Promise<void> } {
  const clients = redis ? ([publisher(redis, logger), subscriber(redis, logger)] as const) : null;
  const server = new Server<DefaultEventsMap, DefaultEventsMap, object, Data>({
    cors: { origin: [...origins], credentials: true },
    allowRequest: ({ headers: { origin } }, decide) => {
      decide(null, origin === undefined || origins.includes(origin));
    },
    maxHttpBufferSize: MAX_PACKET,
    serveClient: false,
    ...(clients && { adapter: createAdapter(...clients) }),
  });
  return {
    server,
    async close() {
      // Those of this node alone: the other nodes go on.
      server.local.disconnectSockets(true);
      server.engine?.close();
      for (const client of clients ?? []) client.disconnect();
    },
  };
}
