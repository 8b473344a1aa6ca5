import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { platformTable } from '../../../../core/infrastructure/database/tenantTable';

export const createAvatars: Migration = {
  name: '20261120T1110-user-create-avatars',
  up: (sql) =>
    sql(`
      CREATE TABLE avatars (
        user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
        content bytea NOT NULL,
        updated_at timestamptz NOT NULL
      );
      ${platformTable('avatars')}
    `),
  down: (sql) => sql('DROP TABLE avatars'),
};
