import type { Migration } from '../../../../core/infrastructure/database/Migration';

const refer = (project: string, parent: string): string => `
  ALTER TABLE tasks
    DROP CONSTRAINT tasks_workspace_id_project_id_fkey,
    DROP CONSTRAINT tasks_workspace_id_parent_id_fkey,
    ADD CONSTRAINT tasks_workspace_id_project_id_fkey
      FOREIGN KEY (workspace_id, project_id) REFERENCES projects ON DELETE ${project},
    ADD CONSTRAINT tasks_workspace_id_parent_id_fkey
      FOREIGN KEY (workspace_id, parent_id) REFERENCES tasks ON DELETE ${parent} DEFERRABLE INITIALLY DEFERRED`;

/** Whatever is removed for good takes no task along: each has a deletion, and a term, of its own. */
export const keepLiveWork: Migration = {
  name: '20261120T2160-project-keep-live-work',
  up: (sql) => sql(refer('SET NULL (project_id)', 'SET NULL (parent_id)')),
  down: (sql) => sql(refer('CASCADE', 'CASCADE')),
};
