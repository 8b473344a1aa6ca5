import { createAdapter } from '@socket.io/redis-adapter';
import type { Redis } from 'ioredis';
import { Server, type DefaultEventsMap } from 'socket.io';
import type { Logger } from '../../application/Logger';

/** The largest packet a client may send, in bytes. */
const MAX_PACKET = 64 * 1024;

/** A connection for publishing or subscribing, which unlike the shared one waits for Redis to come back. */
function pubSubClient(redis: Redis, logger: Logger): Redis {
  const client = redis.duplicate({ enableOfflineQueue: true, maxRetriesPerRequest: null, commandTimeout: 0, socketTimeout: 0 });
  client.on('error', (error) => logger.debug('A Redis connection of the sockets failed', { error }));
  return client;
}

/**
 * Socket.IO, to be attached to the platform's HTTP server. With Redis, rooms span all nodes; without, they are this
 * node's. A cross-site page can't connect: the origin is checked for WebSocket handshakes too, which CORS leaves open.
 */
export function createSocketServer<Data>(
  origins: readonly string[],
  redis: Redis | null,
  logger: Logger,
): { server: Server<DefaultEventsMap, DefaultEventsMap, object, Data>; close: () => Promise<void> } {
  const clients = redis ? [pubSubClient(redis, logger), pubSubClient(redis, logger)] as const : null;
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
      server.disconnectSockets(true);
      server.engine?.close();
      for (const client of clients ?? []) client.disconnect();
    },
  };
}
