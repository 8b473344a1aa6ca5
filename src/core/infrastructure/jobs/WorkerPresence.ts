import type { Logger } from '../../application/Logger';
import type { NodeConnection } from '../database/NodeConnection';

const HOLD = 'SELECT pg_advisory_lock(hashtextextended($1, 0))';

/**
 * Jobs whose worker no longer holds its lock go back; a worker that has just begun may not hold it yet. Those that had
 * their last attempt are told: whatever ran them could not.
 */
const RELEASE = `
  WITH gone AS MATERIALIZED (
    SELECT worker FROM (
      SELECT DISTINCT locked_by AS worker FROM graphile_worker._private_jobs
      WHERE locked_at < now() - interval '2 seconds' AND locked_by <> ALL ($1::text[])
    ) AS others
    WHERE pg_try_advisory_xact_lock(hashtextextended(worker, 0))
  )
  SELECT identifier AS task, jobs.id AS job, attempts, released.*
  FROM (SELECT graphile_worker.force_unlock_workers(array_agg(worker)) FROM gone) AS released
  LEFT JOIN (
    graphile_worker._private_jobs AS jobs
    JOIN gone ON gone.worker = jobs.locked_by
    JOIN graphile_worker._private_tasks AS tasks ON tasks.id = jobs.task_id
  ) ON attempts >= max_attempts`;

interface Released {
  /** Null where no job has died. */
  readonly task: string | null;
  readonly job: string;
  readonly attempts: number;
}

/** As if it had not been begun: that it was broken off is no failure of the job. */
const GIVE_BACK = `
  WITH lanes AS (
    UPDATE graphile_worker._private_job_queues SET locked_by = NULL, locked_at = NULL WHERE locked_by = ANY ($1::text[])
  )
  UPDATE graphile_worker._private_jobs SET attempts = greatest(attempts - 1, 0), locked_by = NULL, locked_at = NULL
  WHERE locked_by = ANY ($1::text[]) RETURNING id`;

const INTERVAL_MS = 2_000;

/**
 * Tells workers that died from those that work: each holds a lock for as long as its connection lives. The job engine
 * itself would leave the jobs of a dead one alone for four hours.
 */
export class WorkerPresence {
  private readonly workers = new Set<string>();

  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly nodeConnection: NodeConnection,
    private readonly logger: Logger,
  ) {
    nodeConnection.onConnect(async (client) => {
      for (const worker of this.workers) await client.query(HOLD, [worker]);
    });
  }

  /** Makes it known that a worker of this node is there; a connection that is lost now says so when it is back. */
  async announce(worker: string): Promise<void> {
    this.workers.add(worker);
    await this.nodeConnection.query(HOLD, [worker]).catch(() => {});
  }

  start(): void {
    void this.releaseOrphans();
    this.timer = setInterval(() => void this.releaseOrphans(), INTERVAL_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Gives the jobs that workers of this node have not finished to the other nodes; nothing here stops working at them. */
  async giveBack(): Promise<void> {
    try {
      const jobs = await this.nodeConnection.query(GIVE_BACK, [[...this.workers]]);
      this.logger.warn('Jobs were not finished in time, and given back', { jobs: jobs.length });
    } catch (error) {
      this.logger.warn('Jobs that were not finished go back when this node is gone', { error });
    }
  }

  private async releaseOrphans(): Promise<void> {
    try {
      for (const { task, job, attempts } of await this.nodeConnection.query<Released>(RELEASE, [[...this.workers]])) {
        if (task) this.logger.error('A job is dead: its node ended during the last attempt', { task, job, attempts });
      }
    } catch (error) {
      this.logger.debug('The jobs of dead workers could not be looked for', { error });
    }
  }
}
