/** What a task is, but for its workspace and deletion. */
export const TASK_COLUMNS = `tasks.id, tasks.title, tasks.description, tasks.status, tasks.priority,
  tasks.assignee_id AS "assigneeId", tasks.project_id AS "projectId", tasks.parent_id AS "parentId",
  array(SELECT label_id FROM task_labels
        WHERE task_labels.workspace_id = tasks.workspace_id AND task_labels.task_id = tasks.id ORDER BY label_id) AS "labelIds",
  tasks.due_date AS "dueDate", tasks.rank, tasks.created_by AS "createdBy", tasks.completed_at AS "completedAt",
  tasks.created_at AS "createdAt", tasks.updated_at AS "updatedAt", tasks.version`;
