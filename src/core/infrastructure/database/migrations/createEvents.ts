import type { Migration } from '../Migration';
import { tenantTable } from '../tenantTable';

/**
 * The event log. `(transaction_id, position)` is the commit-safe order: a reader that takes what is settled
 * (`isSettled`) never passes a transaction that is still open.
 * Facts about an account belong to no workspace and are for platform jobs only.
 */
export const createEvents: Migration = {
  name: '20261120T0900-core-create-events',
  up: (sql) =>
    sql(`
      CREATE TABLE events (
        id uuid PRIMARY KEY,
        transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
        position bigint GENERATED ALWAYS AS IDENTITY,
        workspace_id uuid,
        type text NOT NULL,
        actor_id uuid,
        occurred_at timestamptz NOT NULL,
        facts jsonb NOT NULL
      );
      CREATE INDEX events_in_order ON events (workspace_id, transaction_id, position);
      ${tenantTable('events', { privileges: ['SELECT', 'INSERT'] })}
      CREATE POLICY about_accounts ON events FOR INSERT WITH CHECK (workspace_id IS NULL);
    `),
  down: (sql) => sql('DROP TABLE events'),
};
