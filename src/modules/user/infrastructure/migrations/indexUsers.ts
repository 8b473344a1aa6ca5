import type { Migration } from '../../../../core/infrastructure/database/Migration';

/** For the list of all accounts: its order, and parts of addresses. pg_trgm is trusted, so an owner may install it. */
export const indexUsers: Migration = {
  name: '20261120T1100-user-index-users',
  up: (sql) =>
    sql(`
      CREATE EXTENSION IF NOT EXISTS pg_trgm;
      CREATE INDEX users_by_creation ON users (created_at, id);
      CREATE INDEX users_by_part_of_email ON users USING gin (email gin_trgm_ops);
    `),
  // The extension stays: it may have been there before.
  down: (sql) => sql('DROP INDEX users_by_part_of_email, users_by_creation'),
};
