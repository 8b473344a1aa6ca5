import type { Redis } from 'ioredis';
import type { Condition, HealthCheck } from '../../application/Health';
import { redisIsUp } from './redisClient';

/** Without Redis the platform serves on, each node by itself. */
export class RedisHealth implements HealthCheck {
  readonly name = 'redis';

  constructor(private readonly redis: Redis) {}

  async check(): Promise<{ condition: Condition; detail?: string }> {
    if (redisIsUp(this.redis)) return { condition: 'up' };
    return { condition: 'degraded', detail: 'Cache, limits and sockets are this node’s own meanwhile.' };
  }
}
