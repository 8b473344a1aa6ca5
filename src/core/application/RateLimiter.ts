export interface RateLimit {
  /** Names the counter's family, e.g. `auth`; keys of different limits never meet. */
  readonly name: string;
  /** Requests per window; 0 switches the limit off. */
  readonly max: number;
  readonly windowMs: number;
}

export interface RateLimitState {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds until the window ends. */
  readonly resetMs: number;
}

/** Counts requests in fixed windows of whole seconds. It never fails and never opens: without its store it counts in process. */
export interface RateLimiter {
  /** Counts one request for `key` and tells where that leaves it. */
  consume(limit: RateLimit, key: string): Promise<RateLimitState>;
}
