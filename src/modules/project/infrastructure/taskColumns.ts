/** What a task is, but for its workspace and deletion. */
export const TASK_COLUMNS = `tasks.id, tasks.title, tasks.description, tasks.status, tasks.priority,
  tasks.assignee_id AS "assigneeId", tasks.project_id AS "projectId", tasks.parent_id AS "parentId",
  array(SELECT label_id FROM task_labels
        WHERE task_labels.workspace_id = tasks.workspace_id AND task_labels.task_id = tasks.id ORDER BY label_id) AS "labelIds",
  tasks.due_date AS "dueDate", tasks.rank, tasks.created_by AS "createdBy", tasks.completed_at AS "completedAt",
  tasks.created_at AS "createdAt", tasks.updated_at AS "updatedAt", tasks.version`;

/** Whole tasks of a workspace. */
export const SELECT_TASKS = `SELECT ${TASK_COLUMNS}, tasks.workspace_id AS "workspaceId", tasks.deleted_at AS "deletedAt"
  FROM tasks WHERE workspace_id = $1`;
/** In one order, so that two who want several of the same wait instead of blocking each other. */
export const HELD = 'ORDER BY id FOR UPDATE';
