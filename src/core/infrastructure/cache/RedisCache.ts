import type { Redis } from 'ioredis';
import type { Cache } from '../../application/Cache';
import type { Logger } from '../../application/Logger';
import { Outage } from './Outage';

const PREFIX = 'atrium:cache:';

/**
 * A cache that all nodes share. While Redis is absent, slow or gone, every read is a miss and every
 * write is dropped; a deletion that was dropped leaves the old value until its time is up.
 */
export class RedisCache implements Cache {
  private readonly outage: Outage;

  constructor(
    private readonly redis: Redis,
    logger: Logger,
  ) {
    this.outage = new Outage(logger, 'The cache is out of reach: nothing is cached', 'The cache is back');
  }

  get<Value>(key: string): Promise<Value | undefined> {
    return this.attempt(async () => {
      const json = await this.redis.get(PREFIX + key);
      return json ? (JSON.parse(json) as Value) : undefined;
    });
  }

  async set(key: string, value: unknown, ttlMs: number): Promise<void> {
    const json = JSON.stringify(value);
    if (ttlMs > 0) await this.attempt(() => this.redis.set(PREFIX + key, json, 'PX', Math.ceil(ttlMs)));
    else await this.delete(key);
  }

  async delete(key: string): Promise<void> {
    await this.attempt(() => this.redis.del(PREFIX + key));
  }

  private async attempt<Result>(command: () => Promise<Result>): Promise<Result | undefined> {
    try {
      const result = await command();
      this.outage.over();
      return result;
    } catch (error) {
      this.outage.began(error);
      return undefined;
    }
  }
}
