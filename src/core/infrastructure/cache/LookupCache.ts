import { LRUCache } from 'lru-cache';

/** How long a node may go on with what it looked up, should it miss the signal that drops it. */
const MAX_AGE_MS = 1_000;
const MAX_ENTRIES = 50_000;

/**
 * Keeps what every request needs for at most a second, in process. Lookups of one key at the same time share one
 * query; the age counts from its start, so that the answer is never older than it claims.
 */
export class LookupCache<Value> {
  private readonly entries = new LRUCache<string, Promise<Value>>({ max: MAX_ENTRIES, ttl: MAX_AGE_MS });

  get(key: string, lookup: () => Promise<Value>): Promise<Value> {
    const known = this.entries.get(key);
    if (known) return known;
    const answer = lookup();
    this.entries.set(key, answer);
    // A failure is nobody's answer but this call's.
    answer.catch(() => this.entries.delete(key));
    return answer;
  }

  drop(key: string): void {
    this.entries.delete(key);
  }

  clear(): void {
    this.entries.clear();
  }
}
