import type { Migration } from '../../../../core/infrastructure/database/Migration';

/** An invitation can be mailed again, each time with another token; and they are listed. */
export const resendInvitations: Migration = {
  name: '20261120T1452-workspace-resend-invitations',
  up: (sql) =>
    sql(`
      ALTER TABLE invitations
        ADD COLUMN mailing integer NOT NULL DEFAULT 1,
        ADD COLUMN sent_at timestamptz NOT NULL DEFAULT now();
      CREATE INDEX invitations_in_order ON invitations (workspace_id, created_at, id);
    `),
  down: (sql) =>
    sql(`
      DROP INDEX invitations_in_order;
      ALTER TABLE invitations DROP COLUMN mailing, DROP COLUMN sent_at;
    `),
};
