import type { EventBus } from '../../../core/application/EventBus';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import { mapViolations } from '../../../core/infrastructure/database/databaseErrors';
import { found } from '../../../core/infrastructure/database/found';
import { publishWritten } from '../../../core/infrastructure/database/publishWritten';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import { Project, type ProjectState } from '../domain/Project';
import type { ProjectId } from '../domain/ProjectId';
import type { ProjectRepository } from '../domain/ProjectRepository';
import { PROJECT_COLUMNS } from './projectColumns';

type Row = ProjectState & { readonly version: number };

const SELECT = `SELECT ${PROJECT_COLUMNS}, workspace_id AS "workspaceId", deleted_at AS "deletedAt"
  FROM projects WHERE workspace_id = $1`;

const GET = statement('project.get', `${SELECT} AND id = $2 AND deleted_at IS NULL FOR UPDATE`);
const GET_DELETED = statement('project.get-deleted', `${SELECT} AND id = $2 FOR UPDATE`);
const LED_BY = statement(
  'project.get-led-by',
  `${SELECT} AND lead_id = $2 AND deleted_at IS NULL ORDER BY id FOR UPDATE`,
);

const COLUMNS = 'name, key, description, status, lead_id, start_date, end_date, updated_at, deleted_at, version';
const VALUES = '$3, $4, $5, $6, $7, $8, $9, $10, $11, $12 + 1';

const ADD = statement(
  'project.add',
  `INSERT INTO projects (workspace_id, id, ${COLUMNS}, created_by, created_at)
   VALUES ($1, $2, ${VALUES}, $13, $14) RETURNING id`,
);
const CHANGE = statement(
  'project.change',
  `UPDATE projects SET (${COLUMNS}) = (${VALUES}) WHERE workspace_id = $1 AND id = $2 AND version = $12 RETURNING id`,
);

const CONFLICTS = {
  projects_key: () => new ConflictError('PROJECT_KEY_TAKEN', 'Another project of this workspace has this key.'),
};

export class SqlProjectRepository implements ProjectRepository {
  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly eventBus: EventBus,
  ) {}

  async get(workspaceId: WorkspaceId, id: ProjectId): Promise<Project> {
    return toProject(found(await this.unitOfWork.execute<Row>(GET, [workspaceId, id])));
  }

  async getDeleted(workspaceId: WorkspaceId, id: ProjectId): Promise<Project> {
    return toProject(found(await this.unitOfWork.execute<Row>(GET_DELETED, [workspaceId, id])));
  }

  async findLedBy(workspaceId: WorkspaceId, userId: UserId): Promise<Project[]> {
    return (await this.unitOfWork.execute<Row>(LED_BY, [workspaceId, userId])).map(toProject);
  }

  async save(project: Project): Promise<void> {
    const { state, version } = project;
    const { name, key, description, status, leadId, startDate, endDate, updatedAt, deletedAt } = state;
    const told = [name, key, description, status, leadId, startDate, endDate, updatedAt, deletedAt, version];
    const values = [state.workspaceId, state.id, ...told];
    const saved = await mapViolations(CONFLICTS, () =>
      version === 0
        ? this.unitOfWork.execute(ADD, [...values, state.createdBy, state.createdAt])
        : this.unitOfWork.execute(CHANGE, values),
    );
    await publishWritten(this.eventBus, project, saved);
  }
}

function toProject({ version, ...state }: Row): Project {
  return Project.restore(state, version);
}
