import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { tenantTable } from '../../../../core/infrastructure/database/tenantTable';
import { PLATFORM_AUDIT } from '../../domain/AuditEntry';

const APPEND_ONLY = { privileges: ['SELECT', 'INSERT'] } as const;

/**
 * Entries, and the chains that they are put into afterwards, in the order `(transaction_id, place)` of their commits.
 * The application can write and read both, and neither change nor delete. Nothing refers to an entry: what is gone from
 * under a link is what the chain is there to show.
 */
export const createAuditEntries: Migration = {
  name: '20261120T1620-audit-create-audit-entries',
  up: (sql) =>
    sql(`
      CREATE TABLE audit_entries (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
        place bigint GENERATED ALWAYS AS IDENTITY,
        at timestamptz NOT NULL,
        action text NOT NULL,
        actor_id uuid,
        resource_type text,
        resource_id uuid,
        outcome text NOT NULL CHECK (outcome IN ('success', 'denied', 'failure')),
        changes jsonb NOT NULL,
        details jsonb NOT NULL,
        via text NOT NULL CHECK (via IN ('http', 'socket', 'job', 'script')),
        ip text,
        user_agent text,
        request_id text,
        PRIMARY KEY (workspace_id, at, id)
      );
      CREATE INDEX audit_entries_in_order ON audit_entries (transaction_id, place);
      CREATE INDEX audit_entries_by_actor ON audit_entries (workspace_id, actor_id, at, id);
      CREATE INDEX audit_entries_by_action ON audit_entries (workspace_id, action, at, id);
      CREATE INDEX audit_entries_by_resource ON audit_entries (workspace_id, resource_type, resource_id, at, id);
      ${tenantTable('audit_entries', APPEND_ONLY)}
      CREATE POLICY about_accounts ON audit_entries FOR INSERT WITH CHECK (workspace_id = '${PLATFORM_AUDIT}');

      CREATE TABLE audit_links (
        workspace_id uuid NOT NULL,
        position bigint NOT NULL,
        transaction_id xid8 NOT NULL,
        place bigint NOT NULL,
        entry_id uuid NOT NULL,
        hash bytea NOT NULL CHECK (octet_length(hash) = 32),
        PRIMARY KEY (workspace_id, position)
      );
      CREATE UNIQUE INDEX audit_links_in_order ON audit_links (transaction_id, place);
      ${tenantTable('audit_links', APPEND_ONLY)}
    `),
  down: (sql) => sql('DROP TABLE audit_links, audit_entries'),
};
