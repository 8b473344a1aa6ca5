/** What a comment is, but for its workspace. */
export const COMMENT_COLUMNS = `task_comments.id, task_comments.task_id AS "taskId", task_comments.author_id AS "authorId",
  task_comments.body, task_comments.mentions, task_comments.created_at AS "createdAt",
  task_comments.updated_at AS "updatedAt", task_comments.version`;

/** One comment, `$3`, of a task, `$2`, that is there. */
export const COMMENT_OF_TASK = `
  FROM task_comments
  JOIN tasks ON tasks.workspace_id = task_comments.workspace_id AND tasks.id = task_comments.task_id
  WHERE task_comments.workspace_id = $1 AND task_comments.task_id = $2 AND task_comments.id = $3
    AND tasks.deleted_at IS NULL`;
