/** How one attempt at a job ended: one that `failed` is tried again, one that is `dead` is not. */
export type JobOutcome = 'done' | 'failed' | 'dead';

/**
 * What this process counts of itself. Each label is one of few values that the code knows: no id, no tenant, no person,
 * no path as it was requested.
 */
export interface Metrics {
  jobEnded(task: string, outcome: JobOutcome, seconds: number): void;

  /** @param route the pattern that the path matched */
  requestEnded(method: string, route: string, status: number, seconds: number): void;

  /** All figures as they are now, in the text format of Prometheus. */
  read(): Promise<{ readonly contentType: string; readonly text: string }>;
}
