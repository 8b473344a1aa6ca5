import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { tenantTable } from '../../../../core/infrastructure/database/tenantTable';

/** A file is attached to one task; whichever of the two goes takes the attachment with it. */
export const attachFiles: Migration = {
  name: '20261120T1901-file-attach-files',
  up: (sql) =>
    sql(`
      CREATE TABLE task_attachments (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        task_id uuid NOT NULL,
        PRIMARY KEY (workspace_id, id),
        FOREIGN KEY (workspace_id, id) REFERENCES files ON DELETE CASCADE,
        FOREIGN KEY (workspace_id, task_id) REFERENCES tasks ON DELETE CASCADE
      );
      CREATE INDEX task_attachments_by_task ON task_attachments (workspace_id, task_id, id);
      ${tenantTable('task_attachments')}
    `),
  down: (sql) => sql('DROP TABLE task_attachments'),
};
