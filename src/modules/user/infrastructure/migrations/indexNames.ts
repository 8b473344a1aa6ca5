import type { Migration } from '../../../../core/infrastructure/database/Migration';

/** For lists of people in the order of their names and addresses, from any place on. */
export const indexNames: Migration = {
  name: '20261120T1455-user-index-names',
  up: (sql) =>
    sql(`
      CREATE INDEX users_by_name ON users (name, id);
      CREATE INDEX users_by_email ON users (email, id);
    `),
  down: (sql) => sql('DROP INDEX users_by_email, users_by_name'),
};
