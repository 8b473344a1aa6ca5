import type { FailedJob, FailedJobFilters, FailedJobs } from '../../application/FailedJobs';
import type { Page, PageRequest } from '../../application/Page';
import { redactText } from '../../config/redact';
import { isUuid } from '../../domain/Id';
import { found } from '../database/found';
import { PagedQuery, type Filter } from '../database/PagedQuery';
import type { SequelizeUnitOfWork } from '../database/SequelizeUnitOfWork';
import { statement } from '../database/Statement';
import { FAILED } from './failedJobsIndex';

/** Characters of an error that are shown. */
const MAX_ERROR = 500;

const STATE = `CASE WHEN locked_at IS NOT NULL THEN 'running' WHEN attempts >= max_attempts THEN 'dead' ELSE 'retrying' END`;

/** The engine keeps no time of the failure, but adds this to it for the next try, as many seconds as it has failed. */
const WAIT = `exp(least(attempts - CASE WHEN locked_at IS NULL THEN 0 ELSE 1 END, 10)) * interval '1 second'`;

const SELECT = `SELECT jobs.id::text AS id, identifier AS task, ${STATE} AS state, payload, attempts,
  max_attempts AS "maxAttempts", last_error AS "lastError", jobs.created_at AS "createdAt",
  CASE WHEN last_error IS NOT NULL AND attempts > 0 THEN run_at - ${WAIT} END AS "failedAt",
  CASE WHEN is_available THEN run_at END AS "nextTryAt"`;

const FROM = `graphile_worker._private_jobs AS jobs
  JOIN graphile_worker._private_tasks AS tasks ON tasks.id = jobs.task_id`;

const LIST = new PagedQuery<FailedJob>({
  name: 'core.failed-jobs',
  select: SELECT,
  from: FROM,
  where: FAILED,
  sorts: { createdAt: { by: 'jobs.created_at', type: 'timestamptz' } },
  id: 'jobs.id',
  idType: 'bigint',
});

const GET = statement('core.failed-job', `${SELECT} FROM ${FROM} WHERE jobs.id = $1 AND ${FAILED}`);

const replayed = (which: string): string => `
  WITH replayed AS (
    SELECT * FROM graphile_worker.reschedule_jobs(
      ARRAY(SELECT jobs.id FROM ${FROM} WHERE ${which} FOR UPDATE OF jobs), run_at => now(), attempts => 0)
  )
  SELECT identifier AS task FROM replayed JOIN graphile_worker._private_tasks AS tasks ON tasks.id = replayed.task_id`;

const REPLAY = statement('core.replay-job', replayed(`jobs.id = $1 AND locked_at IS NULL AND ${FAILED}`));

const REPLAY_DEAD = statement(
  'core.replay-dead-jobs',
  replayed(`identifier = $1 AND locked_at IS NULL AND attempts >= max_attempts AND ${FAILED}
    ORDER BY jobs.created_at, jobs.id LIMIT $2`),
);

/** A payload may hold what somebody typed, an address for instance. */
function idsOnly(payload: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, isUuid(value) ? value : '[hidden]']));
}

function shown(job: FailedJob): FailedJob {
  const lastError = job.lastError && redactText(job.lastError).slice(0, MAX_ERROR);
  return { ...job, payload: idsOnly(job.payload), lastError };
}

/** Reads and replays in the tables of the job engine, which are the platform's and know no tenant. */
export class GraphileFailedJobs implements FailedJobs {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async list({ task, state }: FailedJobFilters, request: PageRequest): Promise<Page<FailedJob>> {
    const filters: Filter[] = [];
    if (task) filters.push(['identifier = ?', task]);
    if (state) filters.push([`${STATE} = ?`, state]);
    const page = await LIST.run(this.unitOfWork, {}, [], filters, request);
    return { ...page, items: page.items.map(shown) };
  }

  async get(id: string): Promise<FailedJob> {
    return shown(found(await this.unitOfWork.read<FailedJob>({}, GET, [id])));
  }

  async replay(id: string): Promise<string> {
    return found(await this.unitOfWork.execute<{ task: string }>(REPLAY, [id])).task;
  }

  async replayDead(task: string, most: number): Promise<number> {
    return (await this.unitOfWork.execute(REPLAY_DEAD, [task, most])).length;
  }
}
