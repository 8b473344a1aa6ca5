import { types, type Connection, type Submittable } from 'pg';
import { prepareValue } from 'pg/lib/utils';
import type { Statement } from './Statement';
import { SET_SCOPE } from './scope';

interface Field {
  readonly name: string;
  readonly dataTypeID: number;
}

/** Which statements a connection holds. An error makes it unsure, so the name is closed before it is parsed anew. */
const prepared = new WeakMap<Connection, Set<string>>();

/**
 * Reads under a tenant in one round trip: the scope and the query travel as two prepared statements
 * before a single Sync, which PostgreSQL runs as one implicit transaction (message flow: PostgreSQL
 * documentation, 54.2.3 and 54.2.4). The scope is local to that transaction and gone with it.
 */
export class ScopedRead<Row extends object> implements Submittable {
  private readonly rows: Row[] = [];

  private fields: readonly Field[] = [];

  private parsers: readonly ((value: string) => unknown)[] = [];

  constructor(
    private readonly scope: readonly string[],
    private readonly query: Statement,
    private readonly values: readonly unknown[],
    private readonly settle: (failure: Error | undefined, rows: Row[]) => void,
  ) {}

  submit(connection: Connection): void {
    const { stream } = connection;
    // Corked, so that the whole exchange leaves in one packet.
    stream.cork();
    try {
      this.send(connection, SET_SCOPE, this.scope);
      this.send(connection, this.query, this.values);
      connection.sync();
    } finally {
      stream.uncork();
    }
  }

  private send(connection: Connection, statement: Statement, values: readonly unknown[]): void {
    // Apart from the names that pg's own queries prepare on the same connection.
    const name = `scoped.${statement.name}`;
    let names = prepared.get(connection);
    if (!names) prepared.set(connection, (names = new Set()));
    if (!names.has(name)) {
      connection.close({ type: 'S', name });
      connection.parse({ name, text: statement.text, types: [] });
      names.add(name);
    }
    connection.bind({ statement: name, values, valueMapper: prepareValue });
    if (statement !== SET_SCOPE) connection.describe({ type: 'P', name: '' });
    connection.execute({ portal: '', rows: 0 });
  }

  handleRowDescription({ fields }: { fields: readonly Field[] }): void {
    this.fields = fields;
    this.parsers = fields.map(
      ({ dataTypeID }) => types.getTypeParser(dataTypeID, 'text') as (value: string) => unknown,
    );
  }

  handleDataRow({ fields: values }: { fields: readonly (string | null)[] }): void {
    // The row of `set_config` comes undescribed, and nobody needs it.
    if (this.fields.length === 0) return;
    const row: Record<string, unknown> = {};
    for (let index = 0; index < this.fields.length; index += 1) {
      const value = values[index] ?? null;
      row[(this.fields[index] as Field).name] = value === null ? null : this.parsers[index]?.(value);
    }
    this.rows.push(row as Row);
  }

  /** The last that is heard of a read that failed; pg waits for the answer to its Sync before it sends anything else. */
  handleError(error: Error, connection: Connection): void {
    prepared.delete(connection);
    this.settle(error, []);
  }

  handleReadyForQuery(): void {
    this.settle(undefined, this.rows);
  }

  handleCommandComplete(): void {}

  handleEmptyQuery(): void {}

  handlePortalSuspended(): void {}

  handleCopyInResponse(connection: Connection): void {
    connection.sendCopyFail('A read does not copy.');
  }

  handleCopyData(): void {}
}
