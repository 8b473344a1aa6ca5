import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { tenantTable } from '../../../../core/infrastructure/database/tenantTable';

/** A key in use keeps its role from being deleted; a revoked one is kept, to be told apart from an unknown one. */
export const createApiKeys: Migration = {
  name: '20261120T1440-auth-create-api-keys',
  up: (sql) =>
    sql(`
      CREATE TABLE api_keys (
        workspace_id uuid NOT NULL REFERENCES workspaces,
        id uuid NOT NULL,
        name text NOT NULL,
        role_id uuid,
        hash text NOT NULL UNIQUE,
        prefix text NOT NULL,
        created_by uuid NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz,
        last_used_at timestamptz,
        revoked_at timestamptz,
        version integer NOT NULL,
        PRIMARY KEY (workspace_id, id),
        CONSTRAINT api_keys_role FOREIGN KEY (workspace_id, role_id) REFERENCES roles,
        CONSTRAINT api_keys_role_until_revoked CHECK ((role_id IS NULL) = (revoked_at IS NOT NULL))
      );
      CREATE INDEX api_keys_in_order ON api_keys (workspace_id, created_at, id) WHERE revoked_at IS NULL;
      CREATE INDEX api_keys_by_role ON api_keys (workspace_id, role_id);
      ${tenantTable('api_keys')}
    `),
  down: (sql) => sql('DROP TABLE api_keys'),
};
