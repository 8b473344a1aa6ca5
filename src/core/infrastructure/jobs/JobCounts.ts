import type { SequelizeUnitOfWork } from '../database/SequelizeUnitOfWork';
import { statement } from '../database/Statement';
import { FAILED } from './failedJobsIndex';

/** Jobs that are looked at, so that a long queue does not make its own count slow: at this many, counting ends. */
const MOST = 100_000;

const COUNT = statement(
  'core.count-jobs',
  `SELECT identifier AS task, states.state, count(found.task_id)::int AS count
   FROM graphile_worker._private_tasks AS tasks
   CROSS JOIN (VALUES ('ready'), ('running'), ('delayed'), ('dead')) AS states (state)
   LEFT JOIN (
     SELECT task_id, CASE WHEN locked_at IS NOT NULL THEN 'running' ELSE 'dead' END AS state FROM (
       SELECT task_id, locked_at FROM graphile_worker._private_jobs
       WHERE attempts >= max_attempts AND ${FAILED} LIMIT ${MOST}
     ) AS exhausted
     UNION ALL
     SELECT task_id,
       CASE WHEN locked_at IS NOT NULL THEN 'running' WHEN run_at > now() THEN 'delayed' ELSE 'ready' END
     FROM (
       SELECT task_id, locked_at, run_at FROM graphile_worker._private_jobs
       WHERE attempts < max_attempts LIMIT ${MOST}
     ) AS live
   ) AS found ON found.task_id = tasks.id AND found.state = states.state
   GROUP BY identifier, states.state`,
);

export interface JobCount {
  readonly task: string;
  readonly state: 'ready' | 'running' | 'delayed' | 'dead';
  readonly count: number;
}

/** How long a count is good for, in milliseconds: several may ask. */
const FRESH_MS = 5_000;

/** How many jobs there are of each task in each state, on all nodes together. */
export class JobCounts {
  private latest: { readonly at: number; readonly counts: Promise<JobCount[]> } | undefined;

  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  /** At most five seconds old. */
  read(): Promise<readonly JobCount[]> {
    const now = performance.now();
    if (!this.latest || now - this.latest.at >= FRESH_MS) {
      this.latest = { at: now, counts: this.unitOfWork.read<JobCount>({}, COUNT) };
    }
    return this.latest.counts;
  }
}
