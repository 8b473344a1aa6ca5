import { travelling, type TableExport } from '../../../core/application/TableExport';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement, type Statement } from '../../../core/infrastructure/database/Statement';

/** How many rows are in memory at a time. */
const BATCH = 500;

/** The rows of a workspace may take longer than a request; moments are told alike wherever the server stands. */
const PREPARE = statement(
  'export.prepare',
  `SELECT set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true),
          set_config('TimeZone', 'UTC', true)`,
);
const FETCH = statement('export.fetch', `FETCH ${BATCH} FROM exported_rows`);
const CLOSE = statement('export.close', 'CLOSE exported_rows');

/** The column that holds the workspace. */
export const workspaceColumn = (table: string): string => (table === 'workspaces' ? 'id' : 'workspace_id');

/**
 * Reads what belongs to a workspace as lines of JSON, a batch at a time, inside the open unit of work: in the scope of
 * the workspace, so that row-level security is the second fence around it.
 */
export class WorkspaceRows {
  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly tableExports: readonly TableExport[],
  ) {}

  /** Before the first read of a unit of work. */
  async prepare(): Promise<void> {
    await this.unitOfWork.execute(PREPARE);
  }

  /** The rows of a table; PostgreSQL itself writes them, so that nothing of a value gets lost on the way. */
  of(workspaceId: WorkspaceId, table: TableExport): AsyncGenerator<string[]> {
    const columns = travelling(table).join(', ');
    const where = `${workspaceColumn(table.table)} = $1 AND ${table.only ?? 'true'}`;
    const rows = `SELECT ${columns} FROM ${table.table} WHERE ${where} ORDER BY ${table.order.join(', ')}`;
    return this.read(workspaceId, statement(`export.rows-of-${table.table}`, lines(rows)));
  }

  /**
   * The members, as they show themselves to the workspace; of others that its rows refer to, who have left, nothing but
   * the id.
   */
  people(workspaceId: WorkspaceId): AsyncGenerator<string[]> {
    const referred = this.tableExports.flatMap(({ table, columns }) =>
      Object.entries(columns).flatMap(([column, each]) =>
        each.kind === 'id' && each.of === 'users'
          ? [`SELECT ${column} FROM ${table} WHERE ${workspaceColumn(table)} = $1`]
          : [],
      ),
    );
    const people = `
      SELECT people.id, users.email, users.name, users.bio, users.timezone, users.locale
      FROM (${referred.join(' UNION ')}) AS people (id)
      LEFT JOIN members ON members.workspace_id = $1 AND members.user_id = people.id
      LEFT JOIN users ON users.id = members.user_id
      WHERE people.id IS NOT NULL ORDER BY people.id`;
    return this.read(workspaceId, statement('export.people', lines(people)));
  }

  private async *read(workspaceId: WorkspaceId, query: Statement): AsyncGenerator<string[]> {
    await this.unitOfWork.execute(query, [workspaceId]);
    for (;;) {
      const batch = await this.unitOfWork.execute<{ line: string }>(FETCH);
      if (batch.length > 0) yield batch.map(({ line }) => line);
      if (batch.length < BATCH) break;
    }
    await this.unitOfWork.execute(CLOSE);
  }
}

function lines(rows: string): string {
  return `DECLARE exported_rows NO SCROLL CURSOR FOR SELECT row_to_json(r)::text AS line FROM (${rows}) AS r`;
}
