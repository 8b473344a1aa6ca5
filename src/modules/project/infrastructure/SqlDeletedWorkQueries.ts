import type { Clock } from '../../../core/application/Clock';
import type { Page, PageRequest } from '../../../core/application/Page';
import type { WorkspaceId } from '../../../core/domain/Id';
import { PagedQuery } from '../../../core/infrastructure/database/PagedQuery';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import type { Deleted, DeletedWorkQueries } from '../application/DeletedWorkQueries';
import type { ProjectView } from '../application/ProjectQueries';
import type { TaskView } from '../application/TaskQueries';
import { RESTORABLE_MS } from '../domain/restorable';
import { PROJECT_COLUMNS } from './projectColumns';
import { TASK_COLUMNS } from './taskColumns';

const PROJECTS = new PagedQuery<Deleted<ProjectView>>({
  name: 'project.deleted-projects',
  select: `SELECT ${PROJECT_COLUMNS}, deleted_at AS "deletedAt"`,
  from: 'projects',
  where: 'workspace_id = $1 AND deleted_at > $2',
  sorts: { deletedAt: { by: 'deleted_at', type: 'timestamptz' } },
  id: 'id',
});

const TASKS = new PagedQuery<Deleted<TaskView>>({
  name: 'project.deleted-tasks',
  select: `SELECT ${TASK_COLUMNS}, tasks.deleted_at AS "deletedAt"`,
  from: `tasks
    LEFT JOIN projects ON projects.workspace_id = tasks.workspace_id AND projects.id = tasks.project_id
    LEFT JOIN tasks AS parents ON parents.workspace_id = tasks.workspace_id AND parents.id = tasks.parent_id`,
  where: `tasks.workspace_id = $1 AND tasks.deleted_at > $2 AND projects.deleted_at IS NULL
    AND parents.deleted_at IS DISTINCT FROM tasks.deleted_at`,
  sorts: { deletedAt: { by: 'tasks.deleted_at', type: 'timestamptz' } },
  id: 'tasks.id',
});

export class SqlDeletedWorkQueries implements DeletedWorkQueries {
  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly clock: Clock,
  ) {}

  projects(workspaceId: WorkspaceId, request: PageRequest): Promise<Page<Deleted<ProjectView>>> {
    return PROJECTS.run(this.unitOfWork, { workspaceId }, [workspaceId, this.since()], [], request);
  }

  tasks(workspaceId: WorkspaceId, request: PageRequest): Promise<Page<Deleted<TaskView>>> {
    return TASKS.run(this.unitOfWork, { workspaceId }, [workspaceId, this.since()], [], request);
  }

  private since(): Date {
    return new Date(this.clock.now().getTime() - RESTORABLE_MS);
  }
}
