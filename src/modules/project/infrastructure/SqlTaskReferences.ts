import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { found } from '../../../core/infrastructure/database/found';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { References, Referred, TaskReferences } from '../application/TaskReferences';
import type { TaskId } from '../domain/TaskId';

const ACTIVE_MEMBER = (userId: string): string => `(
  SELECT true FROM members JOIN users ON users.id = members.user_id
  WHERE members.workspace_id = $1 AND members.user_id = ${userId} AND members.status = 'active' AND users.status = 'active'
  FOR SHARE OF members)`;

/** A parent is written, not only locked, so that whoever waits for it with an older snapshot fails. */
const LOOK_UP = statement(
  'project.look-up-references',
  `WITH parent AS (
     UPDATE tasks SET version = version WHERE workspace_id = $1 AND id = $3::uuid AND deleted_at IS NULL
     RETURNING parent_id, project_id
   )
   SELECT (SELECT status FROM projects WHERE workspace_id = $1 AND id = $2::uuid AND deleted_at IS NULL FOR SHARE)
       AS "projectStatus",
     EXISTS (SELECT FROM parent) AS "parentIsThere",
     EXISTS (SELECT FROM parent WHERE parent_id IS NOT NULL) AS "parentIsSubtask",
     EXISTS (SELECT FROM projects
             WHERE workspace_id = $1 AND id = (SELECT project_id FROM parent) AND status = 'archived') AS "parentIsArchived",
     coalesce(${ACTIVE_MEMBER('$4::uuid')}, false) AS "assigneeIsMember",
     (SELECT count(*)::int FROM labels WHERE workspace_id = $1 AND id = ANY ($5::uuid[])) AS labels`,
);

const HAS_SUBTASKS = statement(
  'project.has-subtasks',
  'SELECT FROM tasks WHERE workspace_id = $1 AND parent_id = $2 AND deleted_at IS NULL LIMIT 1',
);

const IS_ACTIVE_MEMBER = statement('project.is-active-member', `SELECT ${ACTIVE_MEMBER('$2')} AS "isMember"`);

export class SqlTaskReferences implements TaskReferences {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async lookUp(workspaceId: WorkspaceId, references: References): Promise<Referred> {
    const { projectId = null, parentId = null, assigneeId = null, labelIds = [] } = references;
    return found(
      await this.unitOfWork.execute<Referred>(LOOK_UP, [workspaceId, projectId, parentId, assigneeId, labelIds]),
    );
  }

  async hasSubtasks(workspaceId: WorkspaceId, id: TaskId): Promise<boolean> {
    return (await this.unitOfWork.execute(HAS_SUBTASKS, [workspaceId, id])).length > 0;
  }

  async isActiveMember(workspaceId: WorkspaceId, userId: UserId): Promise<boolean> {
    const values = [workspaceId, userId];
    const [row] = await this.unitOfWork.execute<{ isMember: true | null }>(IS_ACTIVE_MEMBER, values);
    return row?.isMember === true;
  }
}
