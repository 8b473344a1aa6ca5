import type { Redis } from 'ioredis';
import { cacheContract } from '../../../../tests/support/contracts/cacheContract';
import { RecordingLogger } from '../../../../tests/fixtures/RecordingLogger';
import { eventually } from '../../../../tests/support/eventually';
import {
  describeWithRedis,
  describeWithRedisServer,
  redisIsUp,
  RedisServer,
  startRedis,
} from '../../../../tests/support/redisServer';
import { MemoryCache } from '../../infrastructure/cache/MemoryCache';
import { RedisCache } from '../../infrastructure/cache/RedisCache';
import { redisClient } from '../../infrastructure/cache/redisClient';

const MINUTE = 60_000;
/** A busy machine is no outage. */
const PATIENCE_MS = 5_000;

describe('MemoryCache', () => {
  let cache: MemoryCache;

  beforeEach(() => {
    cache = new MemoryCache(2);
  });

  cacheContract(() => cache);

  it('drops what was used least recently when it is full', async () => {
    await cache.set('a', 1, MINUTE);
    await cache.set('b', 2, MINUTE);
    await cache.get('a');
    await cache.set('c', 3, MINUTE);
    await expect(Promise.all(['a', 'b', 'c'].map((key) => cache.get(key)))).resolves.toEqual([1, undefined, 3]);
  });

  it('holds no more than it may, whatever the number of entries', async () => {
    cache = new MemoryCache(1000, 100);
    for (const key of ['a', 'b', 'c']) await cache.set(key, 'x'.repeat(40), MINUTE);
    await cache.set('d', 'x'.repeat(200), MINUTE);
    const kept = await Promise.all(['a', 'b', 'c', 'd'].map((key) => cache.get<string>(key)));
    expect(kept.map((value) => value?.length)).toEqual([undefined, 40, 40, undefined]);
  });
});

describeWithRedis('RedisCache', () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  let redis: Redis;
  let cache: RedisCache;

  beforeAll(async () => {
    server = await startRedis();
    redis = await redisClient(server.url, new RecordingLogger(), PATIENCE_MS);
    cache = new RedisCache(redis, new RecordingLogger());
    await eventually(() => expect(redisIsUp(redis)).toBe(true));
  });

  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  cacheContract(() => cache);

  it('keeps its keys under a prefix of its own, and none without an end', async () => {
    await cache.set('workspace:42', 'value', MINUTE);
    await expect(redis.exists('workspace:42')).resolves.toBe(0);
    await expect(redis.pttl('atrium:cache:workspace:42')).resolves.toBeGreaterThan(0);
  });

  it('takes a value it can not read for a miss', async () => {
    await redis.set('atrium:cache:broken', '{"half":');
    await expect(cache.get('broken')).resolves.toBeUndefined();
  });
});

describeWithRedisServer('RedisCache without its Redis', () => {
  let server: RedisServer;
  let log: RecordingLogger;
  let redis: Redis;
  let cache: RedisCache;

  const isUp = () => eventually(() => expect(redisIsUp(redis)).toBe(true));
  const isDown = () => eventually(() => expect(redisIsUp(redis)).toBe(false));
  const useAll = async () => {
    await expect(cache.set('key', 'dropped', MINUTE)).resolves.toBeUndefined();
    await expect(cache.delete('key')).resolves.toBeUndefined();
    await expect(Promise.all(Array.from({ length: 20 }, () => cache.get('key')))).resolves.toEqual(
      Array(20).fill(undefined),
    );
  };

  beforeEach(async () => {
    server = await RedisServer.start();
    log = new RecordingLogger();
    redis = await redisClient(server.url, new RecordingLogger());
    cache = new RedisCache(redis, log);
  });

  afterEach(async () => {
    redis.disconnect();
    await server.stop();
  });

  it('goes on at once, before the first connection', async () => {
    await useAll();
    expect(log.messages('warn')).toEqual(['The cache is out of reach: nothing is cached']);
  });

  it('goes on when Redis dies, says so once, and uses it again when it is back', async () => {
    await isUp();
    await cache.set('key', 'value', MINUTE);
    await server.stop();
    await useAll();
    await useAll();
    expect(log.messages('warn')).toEqual(['The cache is out of reach: nothing is cached']);

    await server.start();
    await isUp();
    await cache.set('key', 'again', MINUTE);
    await expect(cache.get('key')).resolves.toBe('again');
    expect(log.messages('info')).toEqual(['The cache is back']);
  });

  it('answers what is under way when Redis dies', async () => {
    await isUp();
    server.pause();
    const reads = Promise.all(Array.from({ length: 20 }, () => cache.get('key')));
    await server.stop();
    await expect(reads).resolves.toEqual(Array(20).fill(undefined));
  });

  it('does not wait for a Redis that hangs, stops asking it, and uses it again when it answers', async () => {
    await isUp();
    await cache.set('key', 'value', MINUTE);
    server.pause();
    await expect(cache.get('key')).resolves.toBeUndefined();
    await isDown();
    await useAll();

    server.resume();
    await isUp();
    await expect(cache.get('key')).resolves.toBe('value');
    expect(log.messages('warn')).toHaveLength(1);
  });
});
