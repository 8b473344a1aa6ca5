import type { EventBus } from '../../../core/application/EventBus';
import type { WorkspaceId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import { mapViolations } from '../../../core/infrastructure/database/databaseErrors';
import { found } from '../../../core/infrastructure/database/found';
import { publishWritten } from '../../../core/infrastructure/database/publishWritten';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { Archive } from '../domain/Archive';
import type { ExportId } from '../domain/ExportId';
import { WorkspaceExport, type WorkspaceExportState } from '../domain/WorkspaceExport';
import type { WorkspaceExportRepository } from '../domain/WorkspaceExportRepository';

type Row = Omit<WorkspaceExportState, 'archive'> & { readonly [Fact in keyof Archive]: Archive[Fact] | null } & {
  readonly version: number;
};

// PostgreSQL's bigint would arrive as text.
const COLUMNS = `workspace_id AS "workspaceId", id, requested_by AS "requestedBy", status, created_at AS "createdAt",
  expires_at AS "expiresAt", bytes::float8 AS bytes, rows::float8 AS rows, sha256, failure, version`;

const GET = statement(
  'export.get',
  `SELECT ${COLUMNS} FROM workspace_exports WHERE workspace_id = $1 AND id = $2 FOR UPDATE`,
);
const FIND_READY = statement(
  'export.find-ready',
  `SELECT ${COLUMNS} FROM workspace_exports WHERE workspace_id = $1 AND status = 'ready' ORDER BY id FOR UPDATE`,
);
const ADD = statement(
  'export.add',
  `INSERT INTO workspace_exports
     (workspace_id, id, requested_by, status, created_at, expires_at, bytes, rows, sha256, failure, version)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 + 1) RETURNING id`,
);
const CHANGE = statement(
  'export.change',
  `UPDATE workspace_exports SET requested_by = $3, status = $4, created_at = $5, expires_at = $6, bytes = $7, rows = $8,
     sha256 = $9, failure = $10, version = $11 + 1
   WHERE workspace_id = $1 AND id = $2 AND version = $11 RETURNING id`,
);

const CONFLICTS = {
  workspace_exports_one_pending: () =>
    new ConflictError('CONFLICT', 'An archive of this workspace is being made already.'),
};

export class SqlWorkspaceExportRepository implements WorkspaceExportRepository {
  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly eventBus: EventBus,
  ) {}

  async get(workspaceId: WorkspaceId, id: ExportId): Promise<WorkspaceExport> {
    return toExport(found(await this.unitOfWork.execute<Row>(GET, [workspaceId, id])));
  }

  async findReady(workspaceId: WorkspaceId): Promise<WorkspaceExport[]> {
    return (await this.unitOfWork.execute<Row>(FIND_READY, [workspaceId])).map(toExport);
  }

  async save(workspaceExport: WorkspaceExport): Promise<void> {
    const { state, version } = workspaceExport;
    const { workspaceId, id, requestedBy, status, createdAt, expiresAt, archive, failure } = state;
    const { bytes = null, rows = null, sha256 = null } = archive ?? {};
    const values = [workspaceId, id, requestedBy, status, createdAt, expiresAt, bytes, rows, sha256, failure, version];
    const saved = await mapViolations(CONFLICTS, () => this.unitOfWork.execute(version === 0 ? ADD : CHANGE, values));
    await publishWritten(this.eventBus, workspaceExport, saved);
  }
}

function toExport({ version, bytes, rows, sha256, ...state }: Row): WorkspaceExport {
  const archive = bytes === null || rows === null || sha256 === null ? null : { bytes, rows, sha256 };
  return WorkspaceExport.restore({ ...state, archive }, version);
}
