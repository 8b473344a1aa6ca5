import { types, type Connection } from 'pg';
import { prepareValue } from 'pg/lib/utils';
import { SET_SCOPE } from './scope';
import { SCOPED, type Statement } from './Statement';
import { TIMESTAMPTZ, timestamp } from './timestamp';

export interface Field {
  readonly name: string;
  readonly dataTypeID: number;
}

type Parser = (value: string) => unknown;

/** What the rows of a prepared statement look like; PostgreSQL tells it once, when the statement is prepared. */
interface Shape {
  names: readonly string[];
  parsers: readonly Parser[];
}

/** The statements that a connection holds. */
const prepared = new WeakMap<Connection, Map<string, Shape>>();

/** After an error it is not known which ones those are: each is then closed and prepared anew. */
export function forgetPrepared(connection: Connection): void {
  prepared.delete(connection);
}

/** One SELECT under a tenant: two prepared statements, the scope and the query, which travel together in a batch. */
export class ScopedRead {
  /** On the clock of `performance.now()`. */
  readonly askedAt = performance.now();

  private rows: object[] = [];

  private shape: Shape = { names: [], parsers: [] };

  constructor(
    private readonly scope: readonly string[],
    private readonly query: Statement,
    private readonly values: readonly unknown[],
    private readonly resolve: (rows: object[]) => void,
    readonly reject: (failure: unknown) => void,
  ) {}

  /** May be called again when the batch was undone. */
  send(connection: Connection): void {
    this.rows = [];
    execute(connection, SET_SCOPE, this.scope);
    this.shape = execute(connection, this.query, this.values);
  }

  handleRowDescription(fields: readonly Field[]): void {
    this.shape.names = fields.map(({ name }) => name);
    this.shape.parsers = fields.map(({ dataTypeID }) => parserOf(dataTypeID));
  }

  handleDataRow(values: readonly (string | null)[]): void {
    const { names, parsers } = this.shape;
    const row: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index += 1) {
      const value = values[index] ?? null;
      row[names[index] as string] = value === null ? null : parsers[index]?.(value);
    }
    this.rows.push(row);
  }

  succeed(): void {
    this.resolve(this.rows);
  }
}

function parserOf(type: number): Parser {
  return type === TIMESTAMPTZ ? timestamp : (types.getTypeParser(type, 'text') as Parser);
}

function execute(connection: Connection, statement: Statement, values: readonly unknown[]): Shape {
  const name = `${SCOPED}${statement.name}`;
  const shapes = prepared.get(connection) ?? new Map<string, Shape>();
  prepared.set(connection, shapes);
  let shape = shapes.get(name);
  if (!shape) {
    shape = { names: [], parsers: [] };
    shapes.set(name, shape);
    connection.close({ type: 'S', name });
    connection.parse({ name, text: statement.text, types: [] });
    if (statement !== SET_SCOPE) connection.describe({ type: 'S', name });
  }
  connection.bind({ statement: name, values, valueMapper: prepareValue });
  connection.execute({ portal: '', rows: 0 });
  return shape;
}
