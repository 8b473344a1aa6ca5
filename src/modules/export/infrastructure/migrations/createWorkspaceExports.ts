import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { tenantTable } from '../../../../core/infrastructure/database/tenantTable';

export const createWorkspaceExports: Migration = {
  name: '20261120T1470-export-create-workspace-exports',
  up: (sql) =>
    sql(`
      CREATE TABLE workspace_exports (
        workspace_id uuid NOT NULL REFERENCES workspaces,
        id uuid NOT NULL,
        requested_by uuid NOT NULL REFERENCES users,
        status text NOT NULL CHECK (status IN ('pending', 'ready', 'failed', 'expired')),
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        bytes bigint,
        rows bigint,
        sha256 text,
        failure text,
        version integer NOT NULL,
        PRIMARY KEY (workspace_id, id),
        CHECK (status <> 'ready' OR num_nulls(bytes, rows, sha256) = 0)
      );
      CREATE UNIQUE INDEX workspace_exports_one_pending ON workspace_exports (workspace_id) WHERE status = 'pending';
      CREATE INDEX workspace_exports_by_expiry ON workspace_exports (expires_at) WHERE status IN ('pending', 'ready');
      ${tenantTable('workspace_exports')}
    `),
  down: (sql) => sql('DROP TABLE workspace_exports'),
};
