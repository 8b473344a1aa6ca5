import type { Redis } from 'ioredis';
import type { Cache } from '../application/Cache';
import type { FileStorage } from '../application/FileStorage';
import type { Logger } from '../application/Logger';
import type { Mailer } from '../application/Mailer';
import type { RateLimiter } from '../application/RateLimiter';
import type { Config } from '../config/Config';
import { MemoryCache } from '../infrastructure/cache/MemoryCache';
import { MemoryRateLimiter } from '../infrastructure/cache/MemoryRateLimiter';
import { RedisCache } from '../infrastructure/cache/RedisCache';
import { redisClient } from '../infrastructure/cache/redisClient';
import { RedisRateLimiter } from '../infrastructure/cache/RedisRateLimiter';
import { AmqpBroker } from '../infrastructure/events/AmqpBroker';
import { InboxMailer } from '../infrastructure/mail/InboxMailer';
import { SmtpMailer } from '../infrastructure/mail/SmtpMailer';
import { LocalFileStorage } from '../infrastructure/storage/LocalFileStorage';
import { S3FileStorage } from '../infrastructure/storage/S3FileStorage';
import { SystemClock } from '../infrastructure/SystemClock';
import type { Lifecycle } from './Lifecycle';

export interface SharedState {
  readonly redis: Redis | null;
  readonly cache: Cache;
  readonly rateLimiter: RateLimiter;
}

/** What nodes share: in Redis where one is named, in this process otherwise. */
export async function sharedState(
  { redis: address }: Pick<Config, 'redis'>,
  lifecycle: Lifecycle,
  logger: Logger,
): Promise<SharedState> {
  if (!address) return { redis: null, cache: new MemoryCache(), rateLimiter: new MemoryRateLimiter() };
  const redis = await lifecycle.start(
    'Redis',
    () => redisClient(address.url, logger),
    async (client) => client.disconnect(),
  );
  return { redis, cache: new RedisCache(redis, logger), rateLimiter: new RedisRateLimiter(redis, logger) };
}

/** Who else is told of public events, where somebody is. */
export async function eventBroker(
  { eventBroker: address }: Pick<Config, 'eventBroker'>,
  lifecycle: Lifecycle,
  logger: Logger,
): Promise<AmqpBroker | null> {
  if (!address) return null;
  const broker = new AmqpBroker(address.url, logger);
  await lifecycle.start(
    'message broker',
    () => broker.start(),
    () => broker.stop(),
  );
  return broker;
}

/** Where mails go; `inbox` is there when they stay. */
export async function mailers(
  { mail, dataDir }: Pick<Config, 'mail' | 'dataDir'>,
  lifecycle: Lifecycle,
): Promise<{ mailer: Mailer; inbox: InboxMailer | null }> {
  if (mail.service === 'inbox') {
    const inbox = new InboxMailer(dataDir, new SystemClock());
    return { mailer: inbox, inbox };
  }
  const { smtpUrl: url, from } = mail;
  const mailer = await lifecycle.start(
    'mail',
    () => SmtpMailer.create({ url, from }),
    async (smtp) => smtp.close(),
  );
  return { mailer, inbox: null };
}

/** Where files lie. */
export async function fileStorage(
  { storage, dataDir }: Pick<Config, 'storage' | 'dataDir'>,
  lifecycle: Lifecycle,
): Promise<FileStorage> {
  if (storage.kind === 'local') return new LocalFileStorage(dataDir);
  return lifecycle.start(
    'S3',
    () => S3FileStorage.create(storage),
    async (s3) => s3.close(),
  );
}
