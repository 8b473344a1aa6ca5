import type { Page, PageRequest } from '../../../core/application/Page';
import type { WorkspaceId } from '../../../core/domain/Id';
import { found } from '../../../core/infrastructure/database/found';
import { PagedQuery } from '../../../core/infrastructure/database/PagedQuery';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { LabelQueries, LabelView } from '../application/LabelQueries';
import type { LabelId } from '../domain/LabelId';
import { LABEL_COLUMNS } from './labelColumns';

const FIND = statement('project.label', `SELECT ${LABEL_COLUMNS} FROM labels WHERE workspace_id = $1 AND id = $2`);

const LIST = new PagedQuery<LabelView>({
  name: 'project.labels',
  select: `SELECT ${LABEL_COLUMNS}`,
  from: 'labels',
  where: 'workspace_id = $1',
  sorts: { name: { by: 'name', type: 'text' } },
  id: 'id',
});

export class SqlLabelQueries implements LabelQueries {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async label(workspaceId: WorkspaceId, id: LabelId): Promise<LabelView> {
    return found(await this.unitOfWork.read<LabelView>({ workspaceId }, FIND, [workspaceId, id]));
  }

  labels(workspaceId: WorkspaceId, request: PageRequest): Promise<Page<LabelView>> {
    return LIST.run(this.unitOfWork, { workspaceId }, [workspaceId], [], request);
  }
}
