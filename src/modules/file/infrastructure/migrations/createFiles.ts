import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { tenantTable } from '../../../../core/infrastructure/database/tenantTable';

/**
 * What the files of a workspace take together stands in one row, kept by triggers, for which those who add a file wait; so
 * it is true whoever adds and removes files, an import too.
 */
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

      CREATE FUNCTION use_storage() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'INSERT' THEN
          INSERT INTO file_usage (workspace_id, bytes) VALUES (NEW.workspace_id, NEW.bytes)
          ON CONFLICT (workspace_id) DO UPDATE SET bytes = file_usage.bytes + excluded.bytes;
        ELSIF TG_OP = 'UPDATE' THEN
          UPDATE file_usage SET bytes = bytes + NEW.bytes - OLD.bytes WHERE workspace_id = NEW.workspace_id;
        ELSE
          UPDATE file_usage SET bytes = bytes - OLD.bytes WHERE workspace_id = OLD.workspace_id;
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER files_use_storage AFTER INSERT OR UPDATE OF bytes OR DELETE ON files
        FOR EACH ROW EXECUTE FUNCTION use_storage();
    `),
  down: (sql) => sql('DROP TABLE files, file_usage; DROP FUNCTION use_storage'),
};
