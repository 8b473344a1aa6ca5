import type { Redis } from 'ioredis';
import type { Logger } from '../../application/Logger';
import { Outage } from './Outage';

/** So many command timeouts without any answer, and the connection counts as dead: commands then fail at once. */
const TIMEOUTS_TO_DEATH = 5;

/** Milliseconds between two attempts to connect: 50, 100, 200 … up to this. */
const MAX_RETRY_DELAY_MS = 2_000;

/**
 * The connection to Redis that cache and rate limits share. It is made in the background and made
 * again for as long as the process lives; meanwhile commands are rejected at once, and none is kept
 * or sent again later, since a late write would undo a newer one and a late count would count twice.
 * Publishers and subscribers, which must not lose commands, take a `duplicate()` with their own options.
 *
 * @param url `redis://` or, with TLS, `rediss://`.
 * @param commandTimeoutMs Milliseconds a command may take; whoever waits for it has another way to go on.
 */
export async function redisClient(url: string, logger: Logger, commandTimeoutMs = 200): Promise<Redis> {
  const ioredis = await import('ioredis');
  const redis = new ioredis.Redis(url, {
    commandTimeout: commandTimeoutMs,
    socketTimeout: TIMEOUTS_TO_DEATH * commandTimeoutMs,
    connectTimeout: 5_000,
    // ioredis waits so long for the goodbye of a peer even when the socket is closed already, and keeps the process.
    disconnectTimeout: commandTimeoutMs,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(50 * 2 ** (attempt - 1), MAX_RETRY_DELAY_MS),
  });

  const outage = new Outage(logger, 'Redis can not be reached; going on without it', 'Redis is reached again');
  let reason: unknown = 'connection closed';
  redis.on('error', (error) => {
    reason = error;
  });
  redis.on('reconnecting', () => outage.began(reason));
  redis.on('ready', () => {
    reason = 'connection closed';
    outage.over();
  });
  return redis;
}
