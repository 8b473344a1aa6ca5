import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { platformTable } from '../../../../core/infrastructure/database/tenantTable';

export const createLoginAttempts: Migration = {
  name: '20261120T1010-auth-create-login-attempts',
  up: (sql) =>
    sql(`
      CREATE TABLE login_attempts (
        key text PRIMARY KEY,
        failures integer NOT NULL,
        since timestamptz NOT NULL,
        locked_until timestamptz,
        version integer NOT NULL
      );
      ${platformTable('login_attempts')}
    `),
  down: (sql) => sql('DROP TABLE login_attempts'),
};
