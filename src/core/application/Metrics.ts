/** How one attempt at a job ended: one that `failed` is tried again, one that is `dead` is not. */
export type JobOutcome = 'done' | 'failed' | 'dead';

/** How a question to a cache ended; one that is `unsettled` could neither be answered nor kept at that moment. */
export type CacheOutcome = 'hit' | 'miss' | 'unsettled';

/**
 * What this process counts of itself. Each label is one of few values that the code knows: no id, no tenant, no person,
 * no path as it was requested.
 */
export interface Metrics {
  jobEnded(task: string, outcome: JobOutcome, seconds: number): void;

  /** @param route the pattern that the path matched */
  requestEnded(method: string, route: string, status: number, seconds: number): void;

  /** @param topic what was asked for */
  cacheAsked(topic: string, outcome: CacheOutcome): void;

  /** All figures as they are now, in the text format of Prometheus. */
  read(): Promise<{ readonly contentType: string; readonly text: string }>;
}
