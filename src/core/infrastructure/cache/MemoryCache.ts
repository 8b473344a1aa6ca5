import { LRUCache } from 'lru-cache';
import type { Cache } from '../../application/Cache';

/** How many characters the entries of one cache have, keys left out; a value that is longer is not kept. */
const MAX_LENGTH = 32 * 1024 * 1024;

/**
 * A cache in this process, which drops what was used least recently. It keeps JSON, as Redis does, so
 * that a value is the same whichever cache it comes from and no caller can change the cached one.
 */
export class MemoryCache implements Cache {
  private readonly entries: LRUCache<string, string>;

  constructor(maxEntries = 10_000, maxLength = MAX_LENGTH) {
    this.entries = new LRUCache({ max: maxEntries, maxSize: maxLength, sizeCalculation: (json) => json.length });
  }

  async get<Value>(key: string): Promise<Value | undefined> {
    const json = this.entries.get(key);
    return json === undefined ? undefined : (JSON.parse(json) as Value);
  }

  async set(key: string, value: unknown, ttlMs: number): Promise<void> {
    // To lru-cache, a ttl of 0 means forever.
    if (ttlMs > 0) this.entries.set(key, JSON.stringify(value), { ttl: Math.ceil(ttlMs) });
    else this.entries.delete(key);
  }

  async delete(key: string): Promise<void> {
    this.entries.delete(key);
  }
}
