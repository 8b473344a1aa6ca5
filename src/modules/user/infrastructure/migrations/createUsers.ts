import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { platformTable } from '../../../../core/infrastructure/database/tenantTable';

export const createUsers: Migration = {
  name: '20261120T0910-user-create-users',
  up: (sql) =>
    sql(`
      CREATE TABLE users (
        id uuid PRIMARY KEY,
        email text NOT NULL CONSTRAINT users_email_key UNIQUE,
        name text NOT NULL,
        bio text,
        timezone text NOT NULL,
        locale text NOT NULL,
        status text NOT NULL CHECK (status IN ('active', 'inactive', 'banned')),
        email_verified_at timestamptz,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        version integer NOT NULL
      );
      ${platformTable('users')}
    `),
  down: (sql) => sql('DROP TABLE users'),
};
