/** Work that outlives the request. */
export interface JobQueue {
  /**
   * Adds a job inside the open unit of work: it exists if and only if the transaction commits.
   * `key` makes it unique among the jobs that wait.
   */
  add(task: string, payload: object, key?: string): Promise<void>;
}
