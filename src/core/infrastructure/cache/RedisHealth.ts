import type { Redis } from 'ioredis';
import type { Condition, HealthCheck } from '../../application/Health';

/** Without Redis the platform serves on, each node by itself. */
export class RedisHealth implements HealthCheck {
  readonly name = 'redis';

  constructor(private readonly redis: Redis) {}

  /** Asks it: the connection to one that hangs looks well for as long as nobody does. */
  async check(): Promise<{ condition: Condition; detail?: string }> {
    try {
      await this.redis.ping();
      return { condition: 'up' };
    } catch {
      return { condition: 'degraded', detail: 'Cache, limits and sockets are this node’s own meanwhile.' };
    }
  }
}
