import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { Logger } from '../../application/Logger';
import type { RateLimit, RateLimitState } from '../../application/RateLimiter';
import { type CounterOptions, FixedWindowRateLimiter } from './FixedWindowRateLimiter';
import { MemoryRateLimiter } from './MemoryRateLimiter';
import { Outage } from './Outage';

/**
 * Counts for all nodes together. Every request is counted in this process too, and that count holds
 * while Redis does not answer: an insurance that begins to count only then would hand every caller a
 * second allowance. A Redis that comes back empty begins its windows anew.
 */
export class RedisRateLimiter extends FixedWindowRateLimiter {
  private readonly insurance = new MemoryRateLimiter();

  private readonly outage: Outage;

  constructor(
    private readonly redis: Redis,
    logger: Logger,
  ) {
    super();
    this.outage = new Outage(
      logger,
      'Rate limits are counted per node: the shared counters are out of reach',
      'Rate limits are shared again',
    );
  }

  override async consume(limit: RateLimit, key: string): Promise<RateLimitState> {
    const own = await this.insurance.consume(limit, key);
    if (limit.max === 0) return own;
    try {
      const shared = await super.consume(limit, anonymous(key));
      this.outage.over();
      return shared;
    } catch (error) {
      this.outage.began(error);
      return own;
    }
  }

  protected override makeCounter(options: CounterOptions): RateLimiterRedis {
    return new RateLimiterRedis({ ...options, storeClient: this.redis });
  }
}

/** Keys may hold e-mail or IP addresses, which have no business in another system's memory. */
function anonymous(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 22);
}
