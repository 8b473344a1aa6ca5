import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { platformTable } from '../../../../core/infrastructure/database/tenantTable';

/** By the issuer rather than by the name it goes by here: a name can be given to another provider, an issuer can't. */
export const createIdentities: Migration = {
  name: '20261120T1430-auth-create-identities',
  up: (sql) =>
    sql(`
      CREATE TABLE identities (
        issuer text NOT NULL,
        subject text NOT NULL,
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (issuer, subject)
      );
      CREATE INDEX identities_of_user ON identities (user_id);
      ${platformTable('identities')}
    `),
  down: (sql) => sql('DROP TABLE identities'),
};
