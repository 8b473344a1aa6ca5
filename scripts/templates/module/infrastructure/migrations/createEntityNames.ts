import type { Migration } from '../../../../../src/core/infrastructure/database/Migration';
import { tenantTable } from '../../../../../src/core/infrastructure/database/tenantTable';

export const createEntityNames: Migration = {
  name: 'YYYYMMDDTHHMM-module-name-create-entity-names',
  up: (sql) =>
    sql(`
      CREATE TABLE entity_names (
        workspace_id uuid NOT NULL REFERENCES workspaces,
        id uuid NOT NULL,
        title text NOT NULL,
        body text NOT NULL,
        created_by uuid NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        version integer NOT NULL,
        PRIMARY KEY (workspace_id, id)
      );
      CREATE INDEX entity_names_by_making ON entity_names (workspace_id, created_at, id);
      ${tenantTable('entity_names')}
    `),
  down: (sql) => sql('DROP TABLE entity_names'),
};
