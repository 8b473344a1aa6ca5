import type { Migration } from '../Migration';
import { tenantTable } from '../tenantTable';

/**
 * Who is connected, and to which node; nothing of it is worth keeping over a crash. And the order of all workspaces'
 * events, for those who read them as they come.
 */
export const createPresences: Migration = {
  name: '20261120T1640-core-create-presences',
  up: (sql) =>
    sql(`
      CREATE UNLOGGED TABLE presences (
        workspace_id uuid NOT NULL,
        user_id uuid NOT NULL,
        node text NOT NULL,
        PRIMARY KEY (workspace_id, user_id, node)
      );
      CREATE INDEX presences_by_node ON presences (node, workspace_id);
      ${tenantTable('presences')}
      CREATE INDEX events_as_committed ON events (transaction_id, position) WHERE workspace_id IS NOT NULL;
    `),
  down: (sql) => sql('DROP INDEX events_as_committed; DROP TABLE presences'),
};
