import { travelling, type TableExport } from '../../../core/application/TableExport';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { Row } from '../application/readRow';
import type { WorkspaceTables } from '../application/WorkspaceTables';
import { workspaceColumn, type WorkspaceRows } from './WorkspaceRows';

const SLUG = statement('export.slug-taken', 'SELECT FROM workspaces WHERE slug = $1');

const JOIN = statement(
  'export.join',
  `INSERT INTO members (workspace_id, user_id, status, joined_at, version) VALUES ($1, $2, 'active', $3, 1)
   ON CONFLICT (workspace_id, user_id) DO UPDATE SET status = 'active', version = members.version + 1`,
);
const MAKE_OWNER = statement(
  'export.make-owner',
  `INSERT INTO member_roles (workspace_id, user_id, role_id)
   SELECT workspace_id, $2, id FROM roles WHERE workspace_id = $1 AND key = 'owner' ON CONFLICT DO NOTHING`,
);
const NAME_OWNER = statement('export.name-owner', 'UPDATE workspaces SET owner_id = $2 WHERE id = $1');

/** Tables by what modules declare of them: names come from declarations alone, and what is in an archive is a value. */
export class SqlWorkspaceTables implements WorkspaceTables {
  constructor(
    private readonly workspaceRows: WorkspaceRows,
    private readonly unitOfWork: SequelizeUnitOfWork,
  ) {}

  prepare(): Promise<void> {
    return this.workspaceRows.prepare();
  }

  of(workspaceId: WorkspaceId, table: TableExport): AsyncIterable<readonly string[]> {
    return this.workspaceRows.of(workspaceId, table);
  }

  async add(workspaceId: WorkspaceId, table: TableExport, rows: readonly Row[]): Promise<void> {
    const filled = Object.entries(table.columns).flatMap(([name, column]) =>
      column.kind === 'never-leaves' && column.fill ? [[name, column.fill] as const] : [],
    );
    const complete = rows.map((row) => ({
      ...row,
      ...Object.fromEntries(filled.map(([name, fill]) => [name, fill()])),
      [workspaceColumn(table.table)]: workspaceId,
    }));
    const columns = [...new Set([workspaceColumn(table.table), ...travelling(table), ...filled.map(([name]) => name)])];
    const insert = `INSERT INTO ${table.table} (${columns.join(', ')})
      SELECT ${columns.join(', ')} FROM jsonb_populate_recordset(NULL::${table.table}, $1)`;
    await this.unitOfWork.execute(statement(`export.add-to-${table.table}`, insert), [JSON.stringify(complete)]);
  }

  async appoint(workspaceId: WorkspaceId, userId: UserId, now: Date): Promise<void> {
    await this.unitOfWork.execute(JOIN, [workspaceId, userId, now]);
    await this.unitOfWork.execute(MAKE_OWNER, [workspaceId, userId]);
    await this.unitOfWork.execute(NAME_OWNER, [workspaceId, userId]);
  }

  async isSlugTaken(slug: string): Promise<boolean> {
    return (await this.unitOfWork.read({ platform: true }, SLUG, [slug])).length > 0;
  }
}
