import { setTimeout as wait } from 'node:timers/promises';
import { Client, type QueryResultRow } from 'pg';
import { BoundedWork } from '../../application/BoundedWork';
import type { Logger } from '../../application/Logger';
import { applicationConnection, type DatabaseAddress } from './connection';

type SetUp = (client: Client, again: boolean) => Promise<void>;

const RETRY_MS = 250;

/** Lets the server find out within 25 seconds that a node is gone which could not say so: its machine, or the way to it. */
const NOTICE_SILENCE = 'SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3';

/** The one connection that a node keeps to itself, for what lives as long as a connection: LISTEN, and session locks. */
export class NodeConnection {
  private readonly setUps: SetUp[] = [];

  /** pg wants a client to be asked one thing at a time. */
  private readonly turns = new BoundedWork(1, Infinity);

  private client: Client | undefined;

  private stopped = false;

  private reconnecting: Promise<void> | undefined;

  constructor(
    private readonly databaseAddress: DatabaseAddress,
    private readonly logger: Logger,
  ) {}

  /** Runs `setUp` on every connection that is made; `again` tells that one was lost before. */
  onConnect(setUp: SetUp): void {
    this.setUps.push(setUp);
  }

  async start(): Promise<void> {
    await this.connect(false);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.reconnecting;
    await this.client?.end();
  }

  /** @throws Error while there is no connection. */
  query<Row extends QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return this.turns.run(async () => {
      if (!this.client) throw new Error('The connection of this node is lost.');
      return (await this.client.query<Row>(text, values)).rows;
    });
  }

  private async connect(again: boolean): Promise<void> {
    const client = new Client({ ...applicationConnection(this.databaseAddress), application_name: 'atrium-node' });
    client.on('error', (error) => this.logger.warn('The connection of this node was lost', { error }));
    try {
      await client.connect();
      await client.query(NOTICE_SILENCE);
      for (const setUp of this.setUps) await setUp(client, again);
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    client.on('end', () => {
      this.client = undefined;
      this.reconnecting = this.reconnect();
    });
    this.client = client;
  }

  private async reconnect(): Promise<void> {
    while (!this.stopped && !this.client) {
      await wait(RETRY_MS);
      if (!this.stopped) await this.connect(true).catch(() => {});
    }
  }
}
