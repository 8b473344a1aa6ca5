import type { EventBus } from '../../../core/application/EventBus';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import { mapViolations } from '../../../core/infrastructure/database/databaseErrors';
import { found } from '../../../core/infrastructure/database/found';
import { publishWritten } from '../../../core/infrastructure/database/publishWritten';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { ProjectId } from '../domain/ProjectId';
import type { Rank } from '../domain/Rank';
import { Task, type TaskState } from '../domain/Task';
import type { TaskId } from '../domain/TaskId';
import type { TaskPlace, TaskRepository } from '../domain/TaskRepository';
import type { TaskStatus } from '../domain/TaskStatus';
import { HELD, SELECT_TASKS } from './taskColumns';
import { tasksOfProject } from './tasksOfProject';

type Row = TaskState & { readonly version: number };

const GET = statement('project.get-task', `${SELECT_TASKS} AND id = $2 AND deleted_at IS NULL FOR UPDATE`);
const FIND_ALL = statement(
  'project.find-tasks',
  `${SELECT_TASKS} AND id = ANY ($2::uuid[]) AND deleted_at IS NULL ${HELD}`,
);
const GET_DELETED = statement('project.get-deleted-task', `${SELECT_TASKS} AND id = $2 FOR UPDATE`);
const SUBTASKS = statement('project.get-subtasks', `${SELECT_TASKS} AND parent_id = $2 AND deleted_at IS NULL ${HELD}`);
const DELETED_SUBTASKS = statement(
  'project.get-deleted-subtasks',
  `${SELECT_TASKS} AND parent_id = $2 AND deleted_at = $3 ${HELD}`,
);
const OPEN_OF = statement(
  'project.get-open-tasks-of',
  `${SELECT_TASKS} AND assignee_id = $2 AND status IN ('todo', 'in_progress') AND deleted_at IS NULL
   ORDER BY id LIMIT $3 FOR UPDATE`,
);

const PLACE = statement(
  'project.place-of-task',
  'SELECT status, rank FROM tasks WHERE workspace_id = $1 AND id = $2 AND deleted_at IS NULL',
);
const IN_STATUS = 'FROM tasks WHERE workspace_id = $1 AND status = $2 AND deleted_at IS NULL';
const RANK_AFTER = statement(
  'project.rank-after',
  `SELECT rank ${IN_STATUS} AND rank > coalesce($3, '') ORDER BY rank LIMIT 1`,
);
const RANK_BEFORE = statement(
  'project.rank-before',
  `SELECT rank ${IN_STATUS} AND rank < coalesce($3, '~') ORDER BY rank DESC LIMIT 1`,
);

const COLUMNS = `title, description, status, priority, assignee_id, project_id, parent_id, due_date, rank, completed_at,
  updated_at, deleted_at, version`;
const VALUES = '$3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15 + 1';
const LABELLED = `INSERT INTO task_labels (workspace_id, task_id, label_id)
  SELECT $1, id, label_id FROM saved, unnest($16::uuid[]) AS label_id`;

const ADD = statement(
  'project.add-task',
  `WITH saved AS (
     INSERT INTO tasks (workspace_id, id, ${COLUMNS}, created_by, created_at)
     VALUES ($1, $2, ${VALUES}, $17, $18) RETURNING id
   ), labelled AS (${LABELLED})
   SELECT id FROM saved`,
);
const CHANGE = statement(
  'project.change-task',
  `WITH saved AS (
     UPDATE tasks SET (${COLUMNS}) = (${VALUES}) WHERE workspace_id = $1 AND id = $2 AND version = $15 RETURNING id
   ), unlabelled AS (
     DELETE FROM task_labels USING saved
     WHERE workspace_id = $1 AND task_id = saved.id AND label_id <> ALL ($16::uuid[])
   ), labelled AS (${LABELLED} ON CONFLICT DO NOTHING)
   SELECT id FROM saved`,
);

/** The task was checked to have none but labels that there are; since then one was deleted. */
const CONFLICTS = { task_labels_label_fkey: () => NotFoundError.of('labelIds') };

export class SqlTaskRepository implements TaskRepository {
  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly eventBus: EventBus,
  ) {}

  async get(workspaceId: WorkspaceId, id: TaskId): Promise<Task> {
    return toTask(found(await this.unitOfWork.execute<Row>(GET, [workspaceId, id])));
  }

  async findAll(workspaceId: WorkspaceId, ids: readonly TaskId[]): Promise<Task[]> {
    return (await this.unitOfWork.execute<Row>(FIND_ALL, [workspaceId, ids])).map(toTask);
  }

  async getDeleted(workspaceId: WorkspaceId, id: TaskId): Promise<Task> {
    return toTask(found(await this.unitOfWork.execute<Row>(GET_DELETED, [workspaceId, id])));
  }

  async findSubtasks(workspaceId: WorkspaceId, id: TaskId, deletedAt: Date | null): Promise<Task[]> {
    const rows = deletedAt
      ? await this.unitOfWork.execute<Row>(DELETED_SUBTASKS, [workspaceId, id, deletedAt])
      : await this.unitOfWork.execute<Row>(SUBTASKS, [workspaceId, id]);
    return rows.map(toTask);
  }

  async findOpenOf(workspaceId: WorkspaceId, userId: UserId, most: number): Promise<Task[]> {
    return (await this.unitOfWork.execute<Row>(OPEN_OF, [workspaceId, userId, most])).map(toTask);
  }

  async findPlace(workspaceId: WorkspaceId, id: TaskId): Promise<TaskPlace | null> {
    const [place] = await this.unitOfWork.execute<TaskPlace>(PLACE, [workspaceId, id]);
    return place ?? null;
  }

  async rankAfter(workspaceId: WorkspaceId, status: TaskStatus, rank: Rank | null): Promise<Rank | null> {
    const [row] = await this.unitOfWork.execute<TaskPlace>(RANK_AFTER, [workspaceId, status, rank]);
    return row?.rank ?? null;
  }

  async rankBefore(workspaceId: WorkspaceId, status: TaskStatus, rank: Rank | null): Promise<Rank | null> {
    const [row] = await this.unitOfWork.execute<TaskPlace>(RANK_BEFORE, [workspaceId, status, rank]);
    return row?.rank ?? null;
  }

  async save(task: Task): Promise<void> {
    const { state, version } = task;
    const { title, description, status, priority, assigneeId, projectId, parentId } = state;
    const told = [title, description, status, priority, assigneeId, projectId, parentId];
    const { dueDate, rank, completedAt, updatedAt, deletedAt, labelIds } = state;
    const kept = [dueDate, rank, completedAt, updatedAt, deletedAt, version, labelIds];
    const values = [state.workspaceId, state.id, ...told, ...kept];
    const saved = await mapViolations(CONFLICTS, () =>
      version === 0
        ? this.unitOfWork.execute(ADD, [...values, state.createdBy, state.createdAt])
        : this.unitOfWork.execute(CHANGE, values),
    );
    await publishWritten(this.eventBus, task, saved);
  }

  async findOfProject(workspaceId: WorkspaceId, projectId: ProjectId): Promise<Task[]> {
    const values = await this.holdOfProject(workspaceId, projectId);
    return (await this.unitOfWork.execute<Row>(tasksOfProject.find, values)).map(toTask);
  }

  async deleteOfProject(workspaceId: WorkspaceId, projectId: ProjectId, at: Date): Promise<void> {
    const values = await this.holdOfProject(workspaceId, projectId);
    await this.unitOfWork.execute(tasksOfProject.delete, [...values, at]);
  }

  async restoreOfProject(workspaceId: WorkspaceId, projectId: ProjectId, deletedAt: Date, at: Date): Promise<Task[]> {
    await this.unitOfWork.execute(tasksOfProject.holdAssignees, [workspaceId, deletedAt]);
    const values = [workspaceId, projectId, deletedAt];
    await this.unitOfWork.execute(tasksOfProject.restore, [...values, at]);
    return (await this.unitOfWork.execute<Row>(tasksOfProject.findDeleted, values)).map(toTask);
  }

  /** A statement sees no part that was made while it waited for the task; the one behind it does. */
  private async holdOfProject(workspaceId: WorkspaceId, projectId: ProjectId): Promise<[WorkspaceId, ProjectId]> {
    await this.unitOfWork.execute(tasksOfProject.hold, [workspaceId, projectId]);
    return [workspaceId, projectId];
  }
}

function toTask({ version, ...state }: Row): Task {
  return Task.restore(state, version);
}
