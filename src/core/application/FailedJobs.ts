import type { Page, PageRequest } from './Page';

/** `retrying` is tried again by itself, `dead` has used up its attempts, `running` is being tried now. */
export type FailedJobState = 'retrying' | 'running' | 'dead';

/** A job that failed at least once. */
export interface FailedJob {
  readonly id: string;
  readonly task: string;
  readonly state: FailedJobState;
  /** What the job is about: ids as they are, everything else only by its name. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly attempts: number;
  readonly maxAttempts: number;
  /** Without secrets and addresses, cut; null for one whose nodes died of it. */
  readonly lastError: string | null;
  readonly createdAt: Date;
  /** The last failure; null where it is not known. */
  readonly failedAt: Date | null;
  readonly nextTryAt: Date | null;
}

export interface FailedJobFilters {
  readonly task?: string;
  readonly state?: FailedJobState;
}

/** The jobs of all workspaces that failed and were not done since, the dead letters among them. */
export interface FailedJobs {
  list(filters: FailedJobFilters, request: PageRequest): Promise<Page<FailedJob>>;

  /** @throws NotFoundError */
  get(id: string): Promise<FailedJob>;

  /**
   * Inside the open unit of work: the job is tried at once, and has all its attempts again.
   * @returns its task
   * @throws NotFoundError for one that has not failed, or is running
   */
  replay(id: string): Promise<string>;

  /** The same for dead ones of a task, oldest first. @returns how many, `most` or fewer */
  replayDead(task: string, most: number): Promise<number>;
}
