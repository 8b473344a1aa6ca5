import type { Migration } from '../../../../core/infrastructure/database/Migration';

/** For the lists of what can be restored; the purge looks through all workspaces, and has indexes of its own. */
export const indexDeletedWork: Migration = {
  name: '20261120T2140-project-index-deleted-work',
  up: (sql) =>
    sql(`
      CREATE INDEX projects_deleted ON projects (workspace_id, deleted_at, id) WHERE deleted_at IS NOT NULL;
      CREATE INDEX tasks_deleted ON tasks (workspace_id, deleted_at, id) WHERE deleted_at IS NOT NULL;
    `),
  down: (sql) => sql('DROP INDEX tasks_deleted, projects_deleted'),
};
