import type { Migration } from '../Migration';
import { platformTable } from '../tenantTable';

/** The id is a hash over caller, workspace, route and key; the answer is encrypted, for it may hold a secret. */
export const createIdempotencyKeys: Migration = {
  name: '20261120T0905-core-create-idempotency-keys',
  up: (sql) =>
    sql(`
      CREATE TABLE idempotency_keys (
        id text PRIMARY KEY,
        fingerprint text NOT NULL,
        answer bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
      ${platformTable('idempotency_keys')}
    `),
  down: (sql) => sql('DROP TABLE idempotency_keys'),
};
