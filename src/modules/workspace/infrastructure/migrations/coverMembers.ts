import type { Migration } from '../../../../core/infrastructure/database/Migration';

/** With the status, the list of members is read from the index alone and in order, however many there are. */
export const coverMembers: Migration = {
  name: '20261120T1470-workspace-cover-members',
  up: (sql) =>
    sql(`
      DROP INDEX members_by_joining;
      CREATE INDEX members_by_joining ON members (workspace_id, joined_at, user_id) INCLUDE (status);
    `),
  down: (sql) =>
    sql(`
      DROP INDEX members_by_joining;
      CREATE INDEX members_by_joining ON members (workspace_id, joined_at, user_id);
    `),
};
