import type { Migration } from '../../../../core/infrastructure/database/Migration';

/** Who invites may be an API key, which is no user (docs/adr/0017). */
export const letKeysInvite: Migration = {
  name: '20261120T1441-workspace-let-keys-invite',
  up: (sql) => sql('ALTER TABLE invitations DROP CONSTRAINT invitations_invited_by_fkey'),
  // The invitations of keys stay as they are.
  down: (sql) =>
    sql(`
      ALTER TABLE invitations
        ADD CONSTRAINT invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES users NOT VALID
    `),
};
