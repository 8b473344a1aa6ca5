import type { Client } from 'pg';
import type { Sequelize } from 'sequelize';
import { UnavailableError } from '../../errors/UnavailableError';
import { ReadBatch } from './ReadBatch';
import type { ScopedRead } from './ScopedRead';

/** The most that share a round trip; a slow read delays those that travel with it. */
const BATCH_SIZE = 8;

/**
 * Hands reads to the connections of the pool. While there are enough connections each read has its own; when there are
 * not, those that wait share the next one, which costs them a fraction of a round trip each.
 */
export class ReadQueue {
  private readonly connections: number;

  private readonly patienceMs: number;

  private readonly waiting: ScopedRead[] = [];

  /** How many connections it uses or is about to get, and how many of these run a batch. */
  private taken = 0;

  private running = 0;

  private patience: NodeJS.Timeout | undefined;

  constructor(private readonly sequelize: Sequelize) {
    const { max = 1, acquire = 0 } = sequelize.config.pool ?? {};
    this.connections = max;
    this.patienceMs = acquire;
  }

  /** Runs a read as soon as there is a connection; it is refused when there is none for as long as the pool waits. */
  add(read: ScopedRead): void {
    this.waiting.push(read);
    this.patience ??= setTimeout(() => this.refuseOverdue(), this.patienceMs).unref();
    if (this.taken < this.connections) void this.serve();
  }

  private async serve(): Promise<void> {
    this.taken += 1;
    try {
      await this.runBatch();
    } catch (error) {
      for (const read of this.waiting.splice(0)) read.reject(error);
    }
    this.taken -= 1;
    if (this.waiting.length > 0) void this.serve();
  }

  private async runBatch(): Promise<void> {
    const { connectionManager } = this.sequelize;
    const client = (await connectionManager.getConnection({ type: 'read' })) as Client;
    // What waits is shared with the connections that are about to come.
    const share = Math.ceil(this.waiting.length / (this.taken - this.running));
    const reads = this.waiting.splice(0, Math.min(share, BATCH_SIZE));
    this.running += 1;
    try {
      if (reads.length === 0) return;
      const undone = await new Promise<readonly ScopedRead[]>((resolve) => {
        client.query(new ReadBatch(reads, resolve));
      });
      this.waiting.unshift(...undone);
    } finally {
      this.running -= 1;
      connectionManager.releaseConnection(client);
    }
  }

  private refuseOverdue(): void {
    const now = performance.now();
    const waits = (read: ScopedRead): number => now - read.askedAt;
    while (this.waiting[0] && waits(this.waiting[0]) >= this.patienceMs) {
      this.waiting.shift()?.reject(new UnavailableError());
    }
    const [oldest] = this.waiting;
    this.patience = oldest && setTimeout(() => this.refuseOverdue(), this.patienceMs - waits(oldest)).unref();
  }
}
