import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { Logger } from '../../application/Logger';
import type { RateLimit, RateLimitState } from '../../application/RateLimiter';
import { type CounterOptions, FixedWindowRateLimiter } from './FixedWindowRateLimiter';
import { MemoryRateLimiter } from './MemoryRateLimiter';
import { Outage } from './Outage';

/**
 * Counts for all nodes together. Every request is counted in this process too, and neither count may be
 * exceeded: while Redis does not answer, an insurance that begins to count only then would hand every caller
 * a second allowance, and so would a Redis that comes back without what it had counted.
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
      return tighter(shared, own);
    } catch (error) {
      this.outage.began(error);
      return own;
    }
  }

  protected override makeCounter(options: CounterOptions): RateLimiterRedis {
    return new RateLimiterRedis({ ...options, storeClient: this.redis });
  }
}

function tighter(shared: RateLimitState, own: RateLimitState): RateLimitState {
  const ownIsTighter = shared.allowed && (!own.allowed || own.remaining < shared.remaining);
  return ownIsTighter ? own : shared;
}

/** Keys may hold e-mail or IP addresses, which have no business in another system's memory. */
function anonymous(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 22);
}
