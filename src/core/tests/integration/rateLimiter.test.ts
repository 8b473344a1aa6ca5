import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { rateLimiterContract } from '../../../../tests/support/contracts/rateLimiterContract';
import { RecordingLogger } from '../../../../tests/fixtures/RecordingLogger';
import { eventually } from '../../../../tests/support/eventually';
import {
  describeWithRedis,
  describeWithRedisServer,
  redisIsUp,
  RedisServer,
  startRedis,
} from '../../../../tests/support/redisServer';
import type { RateLimiter } from '../../application/RateLimiter';
import { MemoryRateLimiter } from '../../infrastructure/cache/MemoryRateLimiter';
import { redisClient } from '../../infrastructure/cache/redisClient';
import { RedisRateLimiter } from '../../infrastructure/cache/RedisRateLimiter';

/** A busy machine is no outage. */
const PATIENCE_MS = 5_000;
const LIMIT = { name: 'auth', max: 5, windowMs: 60_000 };

const allowedOf = async (limiter: RateLimiter, requests: number, key = 'ada'): Promise<number> => {
  const states = await Promise.all(Array.from({ length: requests }, () => limiter.consume(LIMIT, key)));
  return states.filter(({ allowed }) => allowed).length;
};

describe('MemoryRateLimiter', () => {
  const limiter = new MemoryRateLimiter();

  rateLimiterContract(() => limiter);
});

describeWithRedis('RedisRateLimiter', () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  let redis: Redis;
  let limiter: RedisRateLimiter;

  beforeAll(async () => {
    server = await startRedis();
    redis = await redisClient(server.url, new RecordingLogger(), PATIENCE_MS);
    limiter = new RedisRateLimiter(redis, new RecordingLogger());
    await eventually(() => expect(redisIsUp(redis)).toBe(true));
  });

  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  rateLimiterContract(() => limiter);

  it('counts the requests of all nodes together', async () => {
    const key = randomUUID();
    const nodes = [limiter, new RedisRateLimiter(redis, new RecordingLogger())];
    const allowed = await Promise.all(nodes.map((node) => allowedOf(node, 20, key)));
    expect(allowed.reduce((sum, count) => sum + count)).toBe(5);
  });

  it('tells Redis neither e-mail nor IP addresses, and lets every counter end', async () => {
    const name = `private-${randomUUID()}`;
    await limiter.consume({ ...LIMIT, name }, 'ada@example.test');
    await limiter.consume({ ...LIMIT, name }, '203.0.113.7');
    const keys = await redis.keys(`atrium:limit:${name}:*`);
    expect(keys).toHaveLength(2);
    expect(keys.join()).not.toMatch(/ada@|example|203\.0/);
    const ends = await Promise.all(keys.map((key) => redis.pttl(key)));
    expect(Math.min(...ends)).toBeGreaterThan(0);
  });
});

describeWithRedisServer('RedisRateLimiter without its Redis', () => {
  let server: RedisServer;
  let log: RecordingLogger;
  let redis: Redis;
  let limiter: RedisRateLimiter;

  const isUp = () => eventually(() => expect(redisIsUp(redis)).toBe(true));

  beforeEach(async () => {
    server = await RedisServer.start();
    log = new RecordingLogger();
    redis = await redisClient(server.url, new RecordingLogger());
    limiter = new RedisRateLimiter(redis, log);
  });

  afterEach(async () => {
    redis.disconnect();
    await server.stop();
  });

  it('limits from the first request, before the first connection', async () => {
    await expect(allowedOf(limiter, 50)).resolves.toBe(5);
  });

  it('neither fails nor gives a second allowance when Redis dies, and says so once', async () => {
    await isUp();
    await expect(allowedOf(limiter, 3)).resolves.toBe(3);
    await server.stop();
    await expect(allowedOf(limiter, 50)).resolves.toBe(2);
    await expect(allowedOf(limiter, 50, 'bob')).resolves.toBe(5);
    expect(log.messages('warn')).toHaveLength(1);
  });

  it('holds for requests under way when Redis dies', async () => {
    await isUp();
    server.pause();
    const allowed = allowedOf(limiter, 50);
    await server.stop();
    await expect(allowed).resolves.toBe(5);
  });

  it('gives no second allowance when Redis comes back without its counts', async () => {
    await isUp();
    await expect(allowedOf(limiter, 3)).resolves.toBe(3);
    await server.stop();
    await server.start();
    await isUp();
    await expect(limiter.consume(LIMIT, 'ada')).resolves.toMatchObject({ allowed: true, remaining: 1 });
    await expect(allowedOf(limiter, 50)).resolves.toBe(1);
    await expect(limiter.consume(LIMIT, 'ada')).resolves.toMatchObject({ allowed: false, remaining: 0 });
  });

  it('does not wait for a Redis that hangs', async () => {
    await isUp();
    server.pause();
    await expect(allowedOf(limiter, 50)).resolves.toBe(5);
    await eventually(() => expect(redisIsUp(redis)).toBe(false));
    await expect(allowedOf(limiter, 50, 'bob')).resolves.toBe(5);
    server.resume();
  });

  it('counts in Redis again when it is back', async () => {
    await isUp();
    await server.stop();
    await limiter.consume(LIMIT, 'ada');
    await server.start();
    await isUp();

    await expect(allowedOf(limiter, 3, 'bob')).resolves.toBe(3);
    const otherNode = new RedisRateLimiter(redis, new RecordingLogger());
    await expect(allowedOf(otherNode, 50, 'bob')).resolves.toBe(2);
    expect(log.messages('info')).toHaveLength(1);
  });
});
