import type { Migration } from '../../../../core/infrastructure/database/Migration';

/** What statistics count stands in one index, of a project or of a whole workspace, so that no task itself is read. */
export const indexStatistics: Migration = {
  name: '20261120T2020-project-index-statistics',
  up: (sql) =>
    sql(`
      CREATE INDEX tasks_counted ON tasks (workspace_id, project_id)
        INCLUDE (status, priority, assignee_id, due_date, completed_at) WHERE deleted_at IS NULL
    `),
  down: (sql) => sql('DROP INDEX tasks_counted'),
};
