import type { Migration } from '../../../../core/infrastructure/database/Migration';

/** For the few members in one status among many in another. */
export const indexMemberStatus: Migration = {
  name: '20261120T1456-workspace-index-member-status',
  up: (sql) => sql('CREATE INDEX members_by_status ON members (workspace_id, status, joined_at, user_id)'),
  down: (sql) => sql('DROP INDEX members_by_status'),
};
