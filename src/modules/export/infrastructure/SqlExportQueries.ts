import type { WorkspaceId } from '../../../core/domain/Id';
import { found } from '../../../core/infrastructure/database/found';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { ExportMailView, ExportQueries, ExportView } from '../application/ExportQueries';
import type { ExportId } from '../domain/ExportId';

const EXPORT = statement(
  'export.export',
  `SELECT id, requested_by AS "requestedBy", created_at AS "createdAt", expires_at AS "expiresAt",
     bytes::float8 AS bytes, rows::float8 AS rows, sha256, failure,
     CASE WHEN status IN ('pending', 'ready') AND expires_at <= $3 THEN 'expired' ELSE status END AS status
   FROM workspace_exports WHERE workspace_id = $1 AND id = $2`,
);

const MAIL = statement(
  'export.mail',
  `SELECT users.email, workspaces.name AS "workspaceName"
   FROM workspace_exports
   JOIN workspaces ON workspaces.id = workspace_exports.workspace_id
   JOIN members ON members.workspace_id = workspace_exports.workspace_id AND members.user_id = requested_by
   JOIN users ON users.id = members.user_id
   WHERE workspace_exports.workspace_id = $1 AND workspace_exports.id = $2 AND members.status = 'active'`,
);

const DUE = statement(
  'export.due',
  `SELECT workspace_id AS "workspaceId", id FROM workspace_exports
   WHERE status IN ('pending', 'ready') AND expires_at <= $1 ORDER BY expires_at`,
);

export class SqlExportQueries implements ExportQueries {
  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly apiBase: string,
  ) {}

  async export(workspaceId: WorkspaceId, id: ExportId, now: Date): Promise<ExportView> {
    const values = [workspaceId, id, now];
    const view = found(await this.unitOfWork.read<Omit<ExportView, 'downloadUrl'>>({ workspaceId }, EXPORT, values));
    const downloadUrl = `${this.apiBase}/workspaces/${workspaceId}/exports/${id}/archive`;
    return { ...view, downloadUrl: view.status === 'ready' ? downloadUrl : null };
  }

  async mail(workspaceId: WorkspaceId, id: ExportId): Promise<ExportMailView | null> {
    const [row] = await this.unitOfWork.read<ExportMailView>({ workspaceId }, MAIL, [workspaceId, id]);
    return row ?? null;
  }

  due(now: Date): Promise<{ workspaceId: WorkspaceId; id: ExportId }[]> {
    return this.unitOfWork.read({ platform: true }, DUE, [now]);
  }
}
