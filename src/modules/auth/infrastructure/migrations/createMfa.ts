import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { platformTable } from '../../../../core/infrastructure/database/tenantTable';

/** The secret of an authenticator app is needed in the clear to check a code, so it is encrypted rather than hashed. */
export const createMfa: Migration = {
  name: '20261120T1000-auth-create-mfa',
  up: (sql) =>
    sql(`
      CREATE TABLE totps (
        user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
        sealed_secret bytea NOT NULL,
        confirmed_at timestamptz,
        last_step bigint NOT NULL,
        recovery_codes text[] NOT NULL,
        version integer NOT NULL
      );
      CREATE TABLE mfa_challenges (
        id uuid PRIMARY KEY,
        token_hash text NOT NULL UNIQUE,
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        failures integer NOT NULL,
        expires_at timestamptz NOT NULL,
        version integer NOT NULL
      );
      CREATE INDEX mfa_challenges_by_expiry ON mfa_challenges (expires_at);
      ${platformTable('totps')}
      ${platformTable('mfa_challenges')}
    `),
  down: (sql) => sql('DROP TABLE mfa_challenges, totps'),
};
