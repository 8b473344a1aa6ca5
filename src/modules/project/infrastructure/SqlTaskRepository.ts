import type { EventBus } from '../../../core/application/EventBus';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import { mapViolations } from '../../../core/infrastructure/database/databaseErrors';
import { found } from '../../../core/infrastructure/database/found';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { ProjectId } from '../domain/ProjectId';
import type { Rank } from '../domain/Rank';
import { Task, type TaskState } from '../domain/Task';
import type { TaskId } from '../domain/TaskId';
import type { TaskPlace, TaskRepository } from '../domain/TaskRepository';
import type { TaskStatus } from '../domain/TaskStatus';
import { TASK_COLUMNS } from './taskColumns';

type Row = TaskState & { readonly version: number };

const SELECT = `SELECT ${TASK_COLUMNS}, tasks.workspace_id AS "workspaceId", tasks.deleted_at AS "deletedAt"
  FROM tasks WHERE workspace_id = $1`;
/** In one order, so that two who want several of the same wait instead of blocking each other. */
const HELD = 'ORDER BY id FOR UPDATE';

const GET = statement('project.get-task', `${SELECT} AND id = $2 AND deleted_at IS NULL FOR UPDATE`);
const FIND_ALL = statement('project.find-tasks', `${SELECT} AND id = ANY ($2::uuid[]) AND deleted_at IS NULL ${HELD}`);
const GET_DELETED = statement('project.get-deleted-task', `${SELECT} AND id = $2 FOR UPDATE`);
const SUBTASKS = statement('project.get-subtasks', `${SELECT} AND parent_id = $2 AND deleted_at IS NULL ${HELD}`);
const DELETED_SUBTASKS = statement(
  'project.get-deleted-subtasks',
  `${SELECT} AND parent_id = $2 AND deleted_at = $3 ${HELD}`,
);
const OPEN_OF = statement(
  'project.get-open-tasks-of',
  `${SELECT} AND assignee_id = $2 AND status IN ('todo', 'in_progress') AND deleted_at IS NULL
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

const OF_PROJECT = `workspace_id = $1 AND deleted_at IS NULL AND (project_id = $2 OR parent_id IN (
  SELECT id FROM tasks WHERE workspace_id = $1 AND project_id = $2 AND deleted_at IS NULL))`;
const HOLD_OF_PROJECT = statement('project.hold-tasks-of-project', `SELECT FROM tasks WHERE ${OF_PROJECT} ${HELD}`);
const DELETE_OF_PROJECT = statement(
  'project.delete-tasks-of-project',
  `UPDATE tasks SET deleted_at = $3, updated_at = $3, version = version + 1 WHERE ${OF_PROJECT}`,
);
/** So that nobody leaves whom the statement behind it takes for a member. */
const HOLD_ASSIGNEES = statement(
  'project.hold-assignees-of-deleted-tasks',
  `SELECT FROM members WHERE workspace_id = $1 AND user_id IN (
     SELECT assignee_id FROM tasks WHERE workspace_id = $1 AND deleted_at = $2)
   ORDER BY user_id FOR SHARE`,
);
const STAYS_WITH_ASSIGNEE = `(assignee_id IS NULL OR status NOT IN ('todo', 'in_progress') OR EXISTS (
  SELECT FROM members JOIN users ON users.id = members.user_id
  WHERE members.workspace_id = $1 AND members.user_id = tasks.assignee_id
    AND members.status = 'active' AND users.status = 'active'))`;
const BACK = `UPDATE tasks SET deleted_at = NULL, updated_at = $4, version = version + 1
  WHERE workspace_id = $1 AND deleted_at = $3 AND ${STAYS_WITH_ASSIGNEE}`;
const RESTORE_OF_PROJECT = statement(
  'project.restore-tasks-of-project',
  `WITH whole AS (${BACK} AND project_id = $2 AND parent_id IS NULL RETURNING id)
   ${BACK} AND coalesce(project_id, $2) = $2 AND parent_id IN (SELECT id FROM whole)`,
);
const STILL_DELETED_OF_PROJECT = statement(
  'project.get-deleted-tasks-of-project',
  `${SELECT} AND deleted_at = $3 AND (project_id = $2 OR parent_id IN (
     SELECT id FROM tasks WHERE workspace_id = $1 AND project_id = $2))
   ORDER BY parent_id NULLS FIRST, id FOR UPDATE`,
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
    if (saved.length !== 1) throw ConflictError.stale();
    await this.eventBus.publish(task.releaseEvents());
  }

  async deleteOfProject(workspaceId: WorkspaceId, projectId: ProjectId, at: Date): Promise<void> {
    // A statement sees no part that was made while it waited for the task; the one behind it does.
    await this.unitOfWork.execute(HOLD_OF_PROJECT, [workspaceId, projectId]);
    await this.unitOfWork.execute(DELETE_OF_PROJECT, [workspaceId, projectId, at]);
  }

  async restoreOfProject(workspaceId: WorkspaceId, projectId: ProjectId, deletedAt: Date, at: Date): Promise<Task[]> {
    await this.unitOfWork.execute(HOLD_ASSIGNEES, [workspaceId, deletedAt]);
    const values = [workspaceId, projectId, deletedAt];
    await this.unitOfWork.execute(RESTORE_OF_PROJECT, [...values, at]);
    return (await this.unitOfWork.execute<Row>(STILL_DELETED_OF_PROJECT, values)).map(toTask);
  }
}

function toTask({ version, ...state }: Row): Task {
  return Task.restore(state, version);
}
