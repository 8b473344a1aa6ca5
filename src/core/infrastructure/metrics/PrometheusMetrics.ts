import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Sequelize } from 'sequelize';
import type { Server } from 'socket.io';
import type { Logger } from '../../application/Logger';
import type { CacheOutcome, JobOutcome, Metrics } from '../../application/Metrics';
import type { JobCounts } from '../jobs/JobCounts';

/** Seconds. */
const REQUEST_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const JOB_BUCKETS = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300];

/** What Sequelize's pool tells of itself, and its types leave out. */
interface Pool {
  readonly using: number;
  readonly available: number;
  readonly waiting: number;
}

/** The figures of one process; jobs by state are those of the whole platform, the same on every node. */
export class PrometheusMetrics implements Metrics {
  private readonly registry = new Registry();

  private readonly registers = [this.registry];

  private readonly requests = new Histogram({
    name: 'atrium_http_request_duration_seconds',
    help: 'How long requests of the API took, by the pattern of their route.',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_BUCKETS,
    registers: this.registers,
  });

  private readonly jobDurations = new Histogram({
    name: 'atrium_job_duration_seconds',
    help: 'How long attempts at jobs took on this node.',
    labelNames: ['task'],
    buckets: JOB_BUCKETS,
    registers: this.registers,
  });

  private readonly jobOutcomes = new Counter({
    name: 'atrium_job_attempts_total',
    help: 'How attempts at jobs ended on this node: done, failed (tried again) or dead.',
    labelNames: ['task', 'outcome'],
    registers: this.registers,
  });

  private readonly cacheQuestions = new Counter({
    name: 'atrium_cache_requests_total',
    help: 'Questions to the cache of this node: hit, miss, or unsettled (a transaction was open that may change the answer).',
    labelNames: ['topic', 'outcome'],
    registers: this.registers,
  });

  private ofProcess = false;

  constructor(
    private readonly jobCounts: JobCounts,
    private readonly sequelize: Sequelize,
    private readonly socketServer: Server,
    private readonly logger: Logger,
  ) {
    this.gauge('atrium_jobs', 'Jobs on all nodes together, by task and state.', ['task', 'state'], (jobs) =>
      this.countJobs(jobs),
    );
    this.gauge('atrium_sockets', 'Open connections of Socket.IO.', [], (sockets) =>
      sockets.set(this.socketServer.engine?.clientsCount ?? 0),
    );
    this.gauge('atrium_database_connections', 'The connection pool of requests.', ['state'], (connections) => {
      const { pool } = this.sequelize.connectionManager as Sequelize['connectionManager'] & { readonly pool: Pool };
      connections.set({ state: 'used' }, pool.using);
      connections.set({ state: 'idle' }, pool.available);
      connections.set({ state: 'waited for' }, pool.waiting);
    });
  }

  jobEnded(task: string, outcome: JobOutcome, seconds: number): void {
    this.jobDurations.observe({ task }, seconds);
    this.jobOutcomes.inc({ task, outcome });
  }

  requestEnded(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status }, seconds);
  }

  cacheAsked(topic: string, outcome: CacheOutcome): void {
    this.cacheQuestions.inc({ topic, outcome });
  }

  async read(): Promise<{ contentType: string; text: string }> {
    // Node.js is watched from the first time on that somebody asks.
    if (!this.ofProcess) collectDefaultMetrics({ register: this.registry });
    this.ofProcess = true;
    return { contentType: this.registry.contentType, text: await this.registry.metrics() };
  }

  private gauge<Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    collect: (gauge: Gauge<Label>) => Promise<void> | void,
  ): void {
    const gauge: Gauge<Label> = new Gauge({
      name,
      help,
      labelNames,
      registers: this.registers,
      collect: () => collect(gauge),
    });
  }

  /** Without the database there are no such figures, and all the others. */
  private async countJobs(jobs: Gauge<'task' | 'state'>): Promise<void> {
    jobs.reset();
    try {
      for (const { task, state, count } of await this.jobCounts.read()) jobs.set({ task, state }, count);
    } catch (error) {
      this.logger.warn('The jobs could not be counted', { error });
    }
  }
}
