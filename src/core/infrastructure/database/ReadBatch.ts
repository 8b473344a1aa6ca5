import type { Connection, Submittable } from 'pg';
import { forgetPrepared, type Field, type ScopedRead } from './ScopedRead';

/** What a read consists of: the command that sets its scope, and its query. */
const COMMANDS = 2;

/**
 * Reads in one round trip: all their statements travel before a single Sync, which PostgreSQL runs in order as one
 * implicit transaction (message flow: PostgreSQL documentation, 54.2.3 and 54.2.4). Each read sets its own scope just
 * before its query; a scope is local to the transaction and gone with it.
 */
export class ReadBatch implements Submittable {
  private completed = 0;

  /** @param settle is called once, with the reads that have to be run again because another one's failure undid them */
  constructor(
    private readonly reads: readonly ScopedRead[],
    private readonly settle: (undone: readonly ScopedRead[]) => void,
  ) {}

  submit(connection: Connection): void {
    const { stream } = connection;
    // Corked, so that the whole exchange leaves in one packet.
    stream.cork();
    try {
      for (const read of this.reads) read.send(connection);
      connection.sync();
    } finally {
      stream.uncork();
    }
  }

  handleRowDescription({ fields }: { fields: readonly Field[] }): void {
    this.current()?.handleRowDescription(fields);
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    // Nobody needs the row of `set_config`.
    if (this.completed % COMMANDS !== 0) this.current()?.handleDataRow(fields);
  }

  handleCommandComplete(): void {
    this.completed += 1;
  }

  handleEmptyQuery(): void {
    this.completed += 1;
  }

  /** The last that is heard of a batch that failed; pg waits for the answer to its Sync before it sends anything else. */
  handleError(error: Error, connection: Connection): void {
    forgetPrepared(connection);
    // What the server refused is one read's fault; a lost connection leaves all of them without an answer.
    const failed = 'severity' in error ? this.reads.filter((read) => read === this.current()) : this.reads;
    for (const read of failed) read.reject(error);
    this.settle(this.reads.filter((read) => !failed.includes(read)));
  }

  handleReadyForQuery(): void {
    for (const read of this.reads) read.succeed();
    this.settle([]);
  }

  handlePortalSuspended(): void {}

  handleCopyInResponse(connection: Connection): void {
    connection.sendCopyFail('A read does not copy.');
  }

  handleCopyData(): void {}

  private current(): ScopedRead | undefined {
    return this.reads[Math.floor(this.completed / COMMANDS)];
  }
}
