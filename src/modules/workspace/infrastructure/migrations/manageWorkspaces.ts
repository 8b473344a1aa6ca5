import type { Migration } from '../../../../core/infrastructure/database/Migration';

/** Workspaces can be suspended, deleted, and brought back. */
export const manageWorkspaces: Migration = {
  name: '20261120T1450-workspace-manage-workspaces',
  up: (sql) =>
    sql(`
      ALTER TABLE workspaces
        ADD COLUMN status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended')),
        ADD COLUMN suspension_reason text,
        ADD COLUMN deleted_at timestamptz;
      CREATE INDEX workspaces_by_creation ON workspaces (created_at, id);
      CREATE INDEX workspaces_by_name ON workspaces (name, id);
      CREATE INDEX workspaces_by_deletion ON workspaces (deleted_at) WHERE deleted_at IS NOT NULL;
    `),
  down: (sql) =>
    sql(`
      DROP INDEX workspaces_by_deletion, workspaces_by_name, workspaces_by_creation;
      ALTER TABLE workspaces DROP COLUMN status, DROP COLUMN suspension_reason, DROP COLUMN deleted_at;
    `),
};
