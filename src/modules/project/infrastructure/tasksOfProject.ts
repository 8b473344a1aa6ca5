import { statement } from '../../../core/infrastructure/database/Statement';
import { HELD, SELECT_TASKS } from './taskColumns';

const OF_PROJECT = `workspace_id = $1 AND deleted_at IS NULL AND (project_id = $2 OR parent_id IN (
  SELECT id FROM tasks WHERE workspace_id = $1 AND project_id = $2 AND deleted_at IS NULL))`;

const STAYS_WITH_ASSIGNEE = `(assignee_id IS NULL OR status NOT IN ('todo', 'in_progress') OR EXISTS (
  SELECT FROM members JOIN users ON users.id = members.user_id
  WHERE members.workspace_id = $1 AND members.user_id = tasks.assignee_id
    AND members.status = 'active' AND users.status = 'active'))`;

const BACK = `UPDATE tasks SET deleted_at = NULL, updated_at = $4, version = version + 1
  WHERE workspace_id = $1 AND deleted_at = $3 AND ${STAYS_WITH_ASSIGNEE}`;

/** The tasks of a project, and their parts, all at once. */
export const tasksOfProject = {
  hold: statement('project.hold-tasks-of-project', `SELECT FROM tasks WHERE ${OF_PROJECT} ${HELD}`),
  find: statement('project.get-tasks-of-project', `${SELECT_TASKS} AND ${OF_PROJECT} ${HELD}`),
  delete: statement(
    'project.delete-tasks-of-project',
    `UPDATE tasks SET deleted_at = $3, updated_at = $3, version = version + 1 WHERE ${OF_PROJECT}`,
  ),
  /** So that nobody leaves whom `restore` takes for a member. */
  holdAssignees: statement(
    'project.hold-assignees-of-deleted-tasks',
    `SELECT FROM members WHERE workspace_id = $1 AND user_id IN (
       SELECT assignee_id FROM tasks WHERE workspace_id = $1 AND deleted_at = $2)
     ORDER BY user_id FOR SHARE`,
  ),
  /** Those that depend on nothing but the project and each other. */
  restore: statement(
    'project.restore-tasks-of-project',
    `WITH whole AS (${BACK} AND project_id = $2 AND parent_id IS NULL RETURNING id)
     ${BACK} AND coalesce(project_id, $2) = $2 AND parent_id IN (SELECT id FROM whole)`,
  ),
  findDeleted: statement(
    'project.get-deleted-tasks-of-project',
    `${SELECT_TASKS} AND deleted_at = $3 AND (project_id = $2 OR parent_id IN (
       SELECT id FROM tasks WHERE workspace_id = $1 AND project_id = $2))
     ORDER BY parent_id NULLS FIRST, id FOR UPDATE`,
  ),
};
