import type { Redis } from 'ioredis';
import { RecordingLogger } from '../../../../tests/fixtures/RecordingLogger';
import { eventually } from '../../../../tests/support/eventually';
import { freePort } from '../../../../tests/support/freePort';
import { describeWithRedisServer, redisIsUp, RedisServer } from '../../../../tests/support/redisServer';
import { redisClient } from '../../infrastructure/cache/redisClient';

const GONE = { level: 'warn', message: 'Redis can not be reached; going on without it' };
const BACK = { level: 'info', message: 'Redis is reached again' };

describe('redisClient', () => {
  it('says once that nobody is there, rejects commands at once, and keeps trying', async () => {
    const log = new RecordingLogger();
    const redis = await redisClient(`redis://127.0.0.1:${await freePort()}`, log);
    let attempts = 0;
    redis.on('reconnecting', () => {
      attempts += 1;
    });
    await eventually(() => expect(attempts).toBeGreaterThan(3));
    await expect(redis.ping()).rejects.toThrow();
    expect(redisIsUp(redis)).toBe(false);
    expect(log.lines).toEqual([{ ...GONE, fields: { reason: expect.stringContaining('ECONNREFUSED') } }]);
    redis.disconnect();
  });
});

describeWithRedisServer('redisClient and a Redis that comes and goes', () => {
  let server: RedisServer;
  let log: RecordingLogger;
  let redis: Redis;

  const isUp = (up: boolean) => eventually(() => expect(redisIsUp(redis)).toBe(up));

  beforeEach(async () => {
    server = await RedisServer.start();
    log = new RecordingLogger();
    redis = await redisClient(server.url, log);
    await isUp(true);
  });

  afterEach(async () => {
    redis.disconnect();
    await server.stop();
  });

  it('tells each change once', async () => {
    await server.stop();
    await isUp(false);
    await server.start();
    await isUp(true);
    await server.stop();
    await isUp(false);
    await eventually(() => expect(log.lines).toMatchObject([GONE, BACK, GONE]));
  });

  it('takes a Redis that hangs for one that is gone', async () => {
    server.pause();
    await expect(redis.ping()).rejects.toThrow('timed out');
    await isUp(false);
    server.resume();
    await isUp(true);
    expect(log.lines).toMatchObject([GONE, BACK]);
  });

  it('does not send a command again whose caller has gone on', async () => {
    server.pause();
    const abandoned = redis.incr('counter');
    await expect(abandoned).rejects.toThrow();
    await server.stop();
    await isUp(false);
    await server.start();
    await isUp(true);
    await expect(redis.get('counter')).resolves.toBeNull();
  });

  it('ends in silence', async () => {
    redis.disconnect();
    await eventually(() => expect(redis.status).toBe('end'));
    expect(log.lines).toEqual([]);
  });
});
