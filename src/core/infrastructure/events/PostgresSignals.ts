import type { Signals } from '../../application/Signals';
import type { NodeConnection } from '../database/NodeConnection';
import type { SequelizeUnitOfWork } from '../database/SequelizeUnitOfWork';
import { statement } from '../database/Statement';

const CHANNEL = 'atrium_signals';
const NOTIFY = statement('core.notify', `SELECT pg_notify('${CHANNEL}', $1)`);

/** Signals by LISTEN/NOTIFY. */
export class PostgresSignals implements Signals {
  private readonly listeners = new Map<string, ((payload: string) => void)[]>();

  private readonly resyncListeners: (() => void)[] = [];

  constructor(
    nodeConnection: NodeConnection,
    private readonly unitOfWork: SequelizeUnitOfWork,
  ) {
    nodeConnection.onConnect(async (client, again) => {
      client.on('notification', ({ payload = '{}' }) => this.receive(payload));
      await client.query(`LISTEN ${CHANNEL}`);
      if (again) for (const listener of this.resyncListeners) listener();
    });
  }

  /**
   * Joins the open unit of work, where there is one: PostgreSQL delivers a notification at the commit. Where there is
   * none it is sent like a read, in one round trip instead of a transaction's three.
   */
  async send(topic: string, payload: string): Promise<void> {
    await this.unitOfWork.read({}, NOTIFY, [JSON.stringify({ topic, payload })]);
  }

  on(topic: string, listener: (payload: string) => void): void {
    this.listeners.set(topic, [...(this.listeners.get(topic) ?? []), listener]);
  }

  onResync(listener: () => void): void {
    this.resyncListeners.push(listener);
  }

  private receive(message: string): void {
    const { topic, payload } = JSON.parse(message) as { topic: string; payload: string };
    for (const listener of this.listeners.get(topic) ?? []) listener(payload);
  }
}
