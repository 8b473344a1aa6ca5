/** What became of requests that their callers may repeat. Kept for 24 hours, in the transaction of their effect. */
export interface IdempotencyKeys {
  /** Holds an id until the open transaction ends; false when another transaction holds it. */
  claim(id: string): Promise<boolean>;
  find(id: string): Promise<{ readonly fingerprint: string; readonly answer: unknown } | null>;
  /** Keeps a JSON-serializable answer; `fingerprint` tells the request it answers from any other. */
  save(id: string, fingerprint: string, answer: unknown): Promise<void>;
}
