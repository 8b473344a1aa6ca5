import type { WorkspaceId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { DueTask, DueTasks } from '../application/DueTasks';

const OPEN = `tasks.deleted_at IS NULL AND tasks.status IN ('todo', 'in_progress')`;
const UNTOLD = `NOT EXISTS (
  SELECT FROM task_reminders AS told
  WHERE told.workspace_id = tasks.workspace_id AND told.task_id = tasks.id AND told.due_date = tasks.due_date)`;

/** Of the parent's project, too. */
const AT_WORK = `NOT EXISTS (
  SELECT FROM projects
  WHERE projects.workspace_id = tasks.workspace_id AND projects.status = 'archived' AND projects.id IN (
    tasks.project_id,
    (SELECT parent.project_id FROM tasks AS parent
     WHERE parent.workspace_id = tasks.workspace_id AND parent.id = tasks.parent_id)))`;

const WORKSPACES = statement(
  'project.workspaces-with-due-tasks',
  `SELECT DISTINCT workspaces.id AS "workspaceId", coalesce(workspaces.settings->>'timezone', 'UTC') AS timezone
   FROM tasks JOIN workspaces ON workspaces.id = tasks.workspace_id
   WHERE tasks.due_date > $1 AND tasks.due_date < $2 AND ${OPEN} AND ${UNTOLD} AND ${AT_WORK}
     AND workspaces.status = 'active' AND workspaces.deleted_at IS NULL`,
);

/** By the expression of the index that orders the tasks of a workspace. */
const DUE = `coalesce(tasks.due_date, 'infinity'::timestamptz)`;

const TAKE = statement(
  'project.take-due-tasks',
  `WITH due AS (
     SELECT id, title, assignee_id, due_date FROM tasks
     WHERE tasks.workspace_id = $1 AND ${DUE} > $2 AND ${DUE} < $3 AND ${OPEN} AND ${UNTOLD} AND ${AT_WORK}
     ORDER BY ${DUE}, id LIMIT $4
   ), taken AS (
     INSERT INTO task_reminders (workspace_id, task_id, due_date) SELECT $1, id, due_date FROM due
     ON CONFLICT DO NOTHING RETURNING task_id
   )
   SELECT id AS "taskId", title, assignee_id AS "assigneeId", due_date AS "dueDate"
   FROM due JOIN taken ON taken.task_id = due.id`,
);

const FORGET = statement('project.forget-reminders', 'DELETE FROM task_reminders WHERE due_date < $1');

export class SqlDueTasks implements DueTasks {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  workspaces(now: Date, until: Date): Promise<{ workspaceId: WorkspaceId; timezone: string }[]> {
    return this.unitOfWork.read({ platform: true }, WORKSPACES, [now, until]);
  }

  take(workspaceId: WorkspaceId, now: Date, until: Date, most: number): Promise<DueTask[]> {
    return this.unitOfWork.execute(TAKE, [workspaceId, now, until, most]);
  }

  async forget(before: Date): Promise<void> {
    await this.unitOfWork.execute(FORGET, [before]);
  }
}
