/** Values that may be lost at any time. Keys carry the workspace where the value belongs to one. */
export interface Cache {
  /** The value, or undefined when it is absent, expired, or the store can't be reached. */
  get<Value>(key: string): Promise<Value | undefined>;
  /** Keeps a JSON-serializable value for `ttlMs` milliseconds. */
  set(key: string, value: unknown, ttlMs: number): Promise<void>;
  /** Best effort: while the store is out of reach the value lives on until its time is up. */
  delete(key: string): Promise<void>;
}
