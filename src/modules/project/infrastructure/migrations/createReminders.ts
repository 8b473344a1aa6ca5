import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { tenantTable } from '../../../../core/infrastructure/database/tenantTable';

/** Of which tasks, as they are due, people were told already; and an index for the job that looks at all workspaces. */
export const createReminders: Migration = {
  name: '20261120T2010-project-create-reminders',
  up: (sql) =>
    sql(`
      CREATE TABLE task_reminders (
        workspace_id uuid NOT NULL,
        task_id uuid NOT NULL,
        due_date timestamptz NOT NULL,
        PRIMARY KEY (workspace_id, task_id, due_date),
        FOREIGN KEY (workspace_id, task_id) REFERENCES tasks ON DELETE CASCADE
      );
      CREATE INDEX task_reminders_by_due_date ON task_reminders (due_date);
      ${tenantTable('task_reminders')}

      CREATE INDEX tasks_due ON tasks (due_date)
        WHERE due_date IS NOT NULL AND deleted_at IS NULL AND status IN ('todo', 'in_progress');
    `),
  down: (sql) => sql('DROP TABLE task_reminders; DROP INDEX tasks_due'),
};
