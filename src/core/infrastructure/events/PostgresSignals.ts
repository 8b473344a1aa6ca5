import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import type { Logger } from '../../application/Logger';
import type { Signals } from '../../application/Signals';
import { applicationConnection, type DatabaseAddress } from '../database/connection';
import type { SequelizeUnitOfWork } from '../database/SequelizeUnitOfWork';
import { statement } from '../database/Statement';

const CHANNEL = 'atrium_signals';
const NOTIFY = statement('core.notify', `SELECT pg_notify('${CHANNEL}', $1)`);
const RETRY_MS = 250;

/** Signals by LISTEN/NOTIFY on a connection of their own, which comes back when it is lost. */
export class PostgresSignals implements Signals {
  private readonly listeners = new Map<string, ((payload: string) => void)[]>();

  private readonly resyncListeners: (() => void)[] = [];

  private client: Client | undefined;

  private stopped = false;

  constructor(
    private readonly databaseAddress: DatabaseAddress,
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly logger: Logger,
  ) {}

  /** Joins the open unit of work, where there is one: PostgreSQL delivers a notification at the commit. */
  async send(topic: string, payload: string): Promise<void> {
    await this.unitOfWork.run(this.unitOfWork.scope() ?? {}, () =>
      this.unitOfWork.execute(NOTIFY, [JSON.stringify({ topic, payload })]),
    );
  }

  on(topic: string, listener: (payload: string) => void): void {
    this.listeners.set(topic, [...(this.listeners.get(topic) ?? []), listener]);
  }

  onResync(listener: () => void): void {
    this.resyncListeners.push(listener);
  }

  async start(): Promise<void> {
    const client = new Client(applicationConnection(this.databaseAddress));
    client.on('notification', ({ payload = '{}' }) => this.receive(payload));
    client.on('error', (error) => this.logger.warn('The connection for signals was lost', { error }));
    client.on('end', () => void this.reconnect());
    await client.connect();
    await client.query(`LISTEN ${CHANNEL}`);
    this.client = client;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.client?.end();
  }

  private receive(message: string): void {
    const { topic, payload } = JSON.parse(message) as { topic: string; payload: string };
    for (const listener of this.listeners.get(topic) ?? []) listener(payload);
  }

  private async reconnect(): Promise<void> {
    if (this.stopped || !this.client) return;
    this.client = undefined;
    while (!this.stopped && !this.client) {
      await wait(RETRY_MS);
      await this.start().catch(() => {});
    }
    for (const listener of this.resyncListeners) listener();
  }
}
