import type { WorkspaceId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { WorkspaceRemains } from '../application/WorkspaceRemains';

const DUE = statement(
  'workspace.due-for-purge',
  `SELECT id FROM workspaces WHERE deleted_at <= now() - interval '30 days' ORDER BY deleted_at`,
);

/** A workspace of many rows takes longer than a request may. */
const TAKE_TIME = statement('workspace.take-time', `SELECT set_config('statement_timeout', '0', true)`);
const PURGE = statement('workspace.purge', 'SELECT purge_workspace($1) AS purged');

export class SqlWorkspaceRemains implements WorkspaceRemains {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async due(): Promise<readonly WorkspaceId[]> {
    const rows = await this.unitOfWork.read<{ id: WorkspaceId }>({ platform: true }, DUE);
    return rows.map(({ id }) => id);
  }

  async purge(workspaceId: WorkspaceId): Promise<boolean> {
    await this.unitOfWork.execute(TAKE_TIME);
    const [row] = await this.unitOfWork.execute<{ purged: boolean }>(PURGE, [workspaceId]);
    return row?.purged ?? false;
  }
}
