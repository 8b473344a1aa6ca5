import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimit, RateLimiter, RateLimitState } from '../../application/RateLimiter';

/** What a counter of one limit is made from, in the words of rate-limiter-flexible. */
export interface CounterOptions {
  readonly keyPrefix: string;
  readonly points: number;
  /** Seconds. */
  readonly duration: number;
}

/** The longest window in seconds, 24 days: a Node.js timer that is longer ends at once. */
const MAX_WINDOW = 2_147_483;

/**
 * What the counting has in common wherever the counts are kept: one counter per limit, made when it is
 * first used. Windows last whole seconds, rounded up, because Redis counters expire by the second.
 */
export abstract class FixedWindowRateLimiter implements RateLimiter {
  private readonly counters = new Map<string, RateLimiterAbstract>();

  protected abstract makeCounter(options: CounterOptions): RateLimiterAbstract;

  /** A limit that is switched off allows everything, counts nothing, and shows zeros. */
  async consume(limit: RateLimit, key: string): Promise<RateLimitState> {
    if (limit.max === 0) return { allowed: true, limit: 0, remaining: 0, resetMs: 0 };
    const outcome = await this.counter(limit).consume(key).catch(refusalOrThrow);
    return {
      allowed: outcome.consumedPoints <= limit.max,
      limit: limit.max,
      remaining: outcome.remainingPoints,
      resetMs: Math.max(outcome.msBeforeNext, 0),
    };
  }

  private counter({ name, max, windowMs }: RateLimit): RateLimiterAbstract {
    const keyPrefix = `atrium:limit:${name}:${max}:${windowMs}`;
    let counter = this.counters.get(keyPrefix);
    if (!counter) {
      const duration = Math.min(Math.ceil(windowMs / 1000), MAX_WINDOW);
      counter = this.makeCounter({ keyPrefix, points: max, duration });
      this.counters.set(keyPrefix, counter);
    }
    return counter;
  }
}

/** rate-limiter-flexible rejects with the counter's state when the limit is exceeded, else with an error. */
function refusalOrThrow(reason: unknown): RateLimiterRes {
  if (reason instanceof RateLimiterRes) return reason;
  throw reason;
}
