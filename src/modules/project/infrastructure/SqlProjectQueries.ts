import type { Page, PageRequest } from '../../../core/application/Page';
import type { WorkspaceId } from '../../../core/domain/Id';
import { found } from '../../../core/infrastructure/database/found';
import { PagedQuery, type Filter } from '../../../core/infrastructure/database/PagedQuery';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { ProjectFilters, ProjectQueries, ProjectView } from '../application/ProjectQueries';
import type { ProjectId } from '../domain/ProjectId';
import { PROJECT_COLUMNS } from './projectColumns';

const THERE = 'workspace_id = $1 AND deleted_at IS NULL';

const FIND = statement('project.view', `SELECT ${PROJECT_COLUMNS} FROM projects WHERE ${THERE} AND id = $2`);

const LIST = new PagedQuery<ProjectView>({
  name: 'project.list',
  select: `SELECT ${PROJECT_COLUMNS}`,
  from: 'projects',
  where: THERE,
  sorts: { createdAt: { by: 'created_at', type: 'timestamptz' }, name: { by: 'name', type: 'text' } },
  id: 'id',
});

export class SqlProjectQueries implements ProjectQueries {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async project(workspaceId: WorkspaceId, id: ProjectId): Promise<ProjectView> {
    return found(await this.unitOfWork.read<ProjectView>({ workspaceId }, FIND, [workspaceId, id]));
  }

  projects(
    workspaceId: WorkspaceId,
    { status, leadId }: ProjectFilters,
    request: PageRequest,
  ): Promise<Page<ProjectView>> {
    const filters: Filter[] = [];
    if (status) filters.push(['status = ?', status]);
    if (leadId) filters.push(['lead_id = ?', leadId]);
    return LIST.run(this.unitOfWork, { workspaceId }, [workspaceId], filters, request);
  }
}
