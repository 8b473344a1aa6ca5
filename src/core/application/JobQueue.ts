/** When a job is done, and beside which others. */
export interface JobTiming {
  /** Not before this moment. */
  readonly notBefore?: Date;
  /** Jobs of one lane run one after the other, whichever node takes them. */
  readonly lane?: string;
}

/** Work that outlives the request. */
export interface JobQueue {
  /**
   * Adds a job inside the open unit of work: it exists if and only if the transaction commits.
   * `key` makes it unique among the jobs that wait: one that is added again takes the place of the other.
   */
  add(task: string, payload: object, key?: string, timing?: JobTiming): Promise<void>;
}

/** What jobs of one name do; at least once each, so doing it again must not hurt. */
export interface JobTask<Payload extends object = object> {
  /** `<module>.<what>` */
  readonly name: string;
  /**
   * How many of these a node runs at a time, beside all others. For what waits for machines that tenants choose: however
   * slow those are, nothing else waits with it. Without, the jobs of a node share a few workers.
   */
  readonly workers?: number;
  run(payload: Payload): Promise<void>;
}

/** A job that nobody adds: it is due at certain times, on one node of all. */
export interface ScheduledJob extends JobTask {
  /** Five crontab fields, in UTC. */
  readonly schedule: string;
}
