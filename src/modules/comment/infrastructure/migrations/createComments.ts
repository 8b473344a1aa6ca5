import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { tenantTable } from '../../../../core/infrastructure/database/tenantTable';

/** What people say about tasks. Comments go with their task, and come back with it; one by itself goes for good. */
export const createComments: Migration = {
  name: '20261120T2000-comment-create-comments',
  up: (sql) =>
    sql(`
      CREATE TABLE task_comments (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        task_id uuid NOT NULL,
        author_id uuid NOT NULL,
        body text NOT NULL,
        mentions uuid[] NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        version integer NOT NULL,
        PRIMARY KEY (workspace_id, id),
        FOREIGN KEY (workspace_id, task_id) REFERENCES tasks ON DELETE CASCADE
      );
      CREATE INDEX task_comments_by_making ON task_comments (workspace_id, task_id, created_at, id);
      ${tenantTable('task_comments')}
    `),
  down: (sql) => sql('DROP TABLE task_comments'),
};
