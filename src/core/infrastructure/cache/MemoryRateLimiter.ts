import { RateLimiterMemory } from 'rate-limiter-flexible';
import { type CounterOptions, FixedWindowRateLimiter } from './FixedWindowRateLimiter';

/** Counts in this process: exact on one node, per node on several. */
export class MemoryRateLimiter extends FixedWindowRateLimiter {
  protected override makeCounter(options: CounterOptions): RateLimiterMemory {
    return new RateLimiterMemory(options);
  }
}
