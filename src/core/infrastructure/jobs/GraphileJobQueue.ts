import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import {
  Logger as GraphileLogger,
  parseCronItems,
  run,
  type Job,
  type Runner,
  type RunnerOptions,
  type WorkerEvents,
} from 'graphile-worker';
import { Pool } from 'pg';
import type { JobQueue, JobTask, JobTiming, ScheduledJob } from '../../application/JobQueue';
import { requestContext } from '../../application/RequestContext';
import { newId } from '../../domain/Id';
import type { Logger } from '../../application/Logger';
import type { JobOutcome, Metrics } from '../../application/Metrics';
import { applicationConnection, type DatabaseAddress } from '../database/connection';
import type { SequelizeUnitOfWork } from '../database/SequelizeUnitOfWork';
import { statement } from '../database/Statement';
import type { WorkerPresence } from './WorkerPresence';

const ADD = statement(
  'core.add-job',
  `SELECT graphile_worker.add_job($1, payload => $2::json, job_key => $3, run_at => $4, queue_name => $5,
     max_attempts => 25)`,
);

/** How many jobs one node runs at a time that have no workers of their own. */
const SHARED_WORKERS = 4;
const ONE_THAT_LISTENS = 1;

/** Milliseconds before the engine is started again after it gave up. */
const RETRY_MS = 1_000;

/** Otherwise the engine stops without waiting until the outcome of its last jobs is written, and they run again. */
const AWAIT_OUTCOMES = { completeJobBatchDelay: 0, failJobBatchDelay: 0 };

/** The job engine's levels on ours; what it only informs about is detail here. */
const LEVELS: Readonly<Record<string, 'error' | 'warn'>> = { error: 'error', warning: 'warn' };

/** Workers of a node, and what they do. */
interface Crew {
  readonly workers: number;
  readonly tasks: readonly JobTask[];
}

const isScheduled = (job: JobTask): job is ScheduledJob => 'schedule' in job;

/** Errors and plain values of what the engine tells, for a payload may name a person. */
function withoutJobs(meta: object = {}): object {
  const told = Object.entries(meta).filter(([, value]) => typeof value !== 'object' || value instanceof Error);
  return Object.fromEntries(told);
}

/** A job has an identity of its own in the log and in the audit, as a request has. */
function asJob(work: () => Promise<void>): Promise<void> {
  const requestId = newId<string>();
  const context = { requestId, traceId: requestId.replaceAll('-', ''), via: 'job' } as const;
  return requestContext.run(context, work);
}

/** Jobs on PostgreSQL: added in the transaction of the change, picked up by LISTEN/NOTIFY by any node. */
export class GraphileJobQueue implements JobQueue {
  private readonly runners = new Set<Runner>();

  private pool: Pool | undefined;

  private stopping = false;

  constructor(
    private readonly databaseAddress: DatabaseAddress,
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly workerPresence: WorkerPresence,
    private readonly metrics: Metrics,
    private readonly jobDrainMs: number,
    private readonly jobSchedule: boolean,
    private readonly logger: Logger,
  ) {}

  async add(task: string, payload: object, key?: string, { notBefore, lane }: JobTiming = {}): Promise<void> {
    const values = [task, JSON.stringify(payload), key ?? null, notBefore ?? null, lane ?? null];
    await this.unitOfWork.execute(ADD, values);
  }

  /**
   * Starts working: on jobs as they are added, and on scheduled ones when they are due, whichever node comes first (of
   * those that have a schedule). One that throws is tried again with growing waits, 25 times at most.
   */
  async start(tasks: readonly JobTask[]): Promise<void> {
    const sharing = tasks.filter(({ workers }) => workers === undefined);
    const crews: Crew[] = [{ workers: SHARED_WORKERS, tasks: sharing }];
    for (const task of tasks) if (task.workers !== undefined) crews.push({ workers: task.workers, tasks: [task] });
    const max = crews.reduce((sum, { workers }) => sum + workers + ONE_THAT_LISTENS, 0);
    this.pool = new Pool({ ...applicationConnection(this.databaseAddress), max });
    const lost = (error: Error): void => this.logger.warn('A connection of the job engine was lost', { error });
    this.pool.on('error', lost).on('connect', (client) => client.on('error', lost));
    for (const crew of crews) await this.work(this.options(this.pool, crew));
    this.workerPresence.start();
  }

  /** Takes no more jobs, and finishes those that run; what takes too long goes back, for another node to begin anew. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.workerPresence.stop();
    if (!(await this.drained())) await this.workerPresence.giveBack();
    await this.pool?.end();
  }

  private options(pgPool: Pool, { workers, tasks }: Crew): RunnerOptions {
    const events: WorkerEvents = new EventEmitter();
    events.on('pool:create', ({ workerPool }) => void this.workerPresence.announce(workerPool.id));
    const scheduled = this.jobSchedule ? tasks.filter(isScheduled) : [];
    return {
      events,
      pgPool,
      concurrency: workers,
      noHandleSignals: true,
      taskList: Object.fromEntries(
        tasks.map((task) => [task.name, (payload, { job }) => asJob(() => this.perform(task, payload as object, job))]),
      ),
      parsedCronItems: parseCronItems(scheduled.map(({ name, schedule }) => ({ task: name, match: schedule }))),
      logger: this.graphileLogger(),
      preset: { worker: AWAIT_OUTCOMES },
    };
  }

  private async drained(): Promise<boolean> {
    const done = new AbortController();
    const deadline = wait(this.jobDrainMs, false, { signal: done.signal }).catch(() => false);
    const stopped = Promise.all([...this.runners].map((runner) => runner.stop().catch(() => {})));
    const drained = await Promise.race([deadline, stopped.then(() => true)]);
    done.abort();
    return drained;
  }

  /** One attempt. What is told of a failure leaves out the payload, which may name a person. */
  private async perform(task: JobTask, payload: object, { id, attempts, max_attempts: most }: Job): Promise<void> {
    const startedAt = performance.now();
    const ended = (outcome: JobOutcome): void =>
      this.metrics.jobEnded(task.name, outcome, (performance.now() - startedAt) / 1_000);
    try {
      await task.run(payload);
      ended('done');
    } catch (error) {
      const facts = { task: task.name, job: id, attempts, error };
      if (attempts < most) {
        ended('failed');
        this.logger.warn('A job failed, and will be tried again', facts);
      } else {
        ended('dead');
        this.logger.error('A job is dead: it failed for the last time', facts);
      }
      throw error;
    }
  }

  private async work(options: RunnerOptions): Promise<void> {
    const runner = await run(options);
    this.runners.add(runner);
    // It gives up when the database is away at the wrong moment.
    const ended = (): void => {
      this.runners.delete(runner);
      void this.resume(options);
    };
    runner.promise.then(ended, ended);
  }

  private async resume(options: RunnerOptions): Promise<void> {
    while (!this.stopping) {
      await wait(RETRY_MS);
      if (this.stopping) return;
      try {
        await this.work(options);
        return;
      } catch (error) {
        this.logger.warn('The job engine can not start again yet', { error });
      }
    }
  }

  private graphileLogger(): GraphileLogger {
    return new GraphileLogger((scope) => (level, message, meta) => {
      // Failures are told by what performs the job.
      const importance = meta?.failure === true ? 'debug' : (LEVELS[level] ?? 'debug');
      this.logger[importance](message, { ...scope, ...withoutJobs(meta) });
    });
  }
}
