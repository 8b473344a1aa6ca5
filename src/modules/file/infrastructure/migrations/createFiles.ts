import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { tenantTable } from '../../../../core/infrastructure/database/tenantTable';

/** What the files of a workspace take together stands in one row, for which those who add to it wait. */
export const createFiles: Migration = {
  name: '20261120T1900-file-create-files',
  up: (sql) =>
    sql(`
      CREATE TABLE files (
        workspace_id uuid NOT NULL REFERENCES workspaces,
        id uuid NOT NULL,
        name text NOT NULL,
        status text NOT NULL CHECK (status IN ('uploading', 'ready')),
        bytes integer NOT NULL CHECK (bytes >= 0),
        type text,
        sha256 text,
        uploaded_by uuid NOT NULL,
        created_at timestamptz NOT NULL,
        version integer NOT NULL,
        PRIMARY KEY (workspace_id, id),
        CHECK (status <> 'ready' OR num_nulls(type, sha256) = 0)
      );
      CREATE INDEX files_unfinished ON files (created_at) WHERE status = 'uploading';
      ${tenantTable('files')}

      CREATE TABLE file_usage (
        workspace_id uuid PRIMARY KEY REFERENCES workspaces,
        bytes bigint NOT NULL CHECK (bytes >= 0)
      );
      ${tenantTable('file_usage')}
    `),
  down: (sql) => sql('DROP TABLE files, file_usage'),
};
