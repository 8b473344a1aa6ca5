import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { tenantTable } from '../../../../core/infrastructure/database/tenantTable';

/** An event is delivered to a webhook once, whoever asks for it: the log's row of it is unique. */
export const createWebhooks: Migration = {
  name: '20261120T1600-webhook-create-webhooks',
  up: (sql) =>
    sql(`
      CREATE TABLE webhooks (
        workspace_id uuid NOT NULL REFERENCES workspaces,
        id uuid NOT NULL,
        url text NOT NULL,
        events text[] NOT NULL,
        disabled_reason text CHECK (disabled_reason IN ('by-hand', 'failing')),
        sealed_secret bytea NOT NULL,
        sealed_previous_secret bytea,
        previous_secret_until timestamptz,
        failures integer NOT NULL,
        failing_since timestamptz,
        created_by uuid NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        version integer NOT NULL,
        PRIMARY KEY (workspace_id, id),
        CHECK (num_nulls(sealed_previous_secret, previous_secret_until) <> 1)
      );
      CREATE INDEX webhooks_by_making ON webhooks (workspace_id, created_at, id);
      ${tenantTable('webhooks')}

      CREATE TABLE webhook_deliveries (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        webhook_id uuid NOT NULL,
        event_id uuid NOT NULL,
        event_type text NOT NULL,
        status text NOT NULL CHECK (status IN ('pending', 'delivered', 'failed')),
        attempts integer NOT NULL,
        next_attempt_at timestamptz,
        last_attempt_at timestamptz,
        response_status integer,
        failure text,
        created_at timestamptz NOT NULL,
        delivered_at timestamptz,
        version integer NOT NULL,
        PRIMARY KEY (workspace_id, id),
        CONSTRAINT webhook_deliveries_once UNIQUE (workspace_id, webhook_id, event_id),
        FOREIGN KEY (workspace_id, webhook_id) REFERENCES webhooks ON DELETE CASCADE,
        CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL))
      );
      CREATE INDEX webhook_deliveries_by_making ON webhook_deliveries (workspace_id, webhook_id, created_at, id);
      CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (created_at) WHERE status <> 'pending';
      ${tenantTable('webhook_deliveries')}
    `),
  down: (sql) => sql('DROP TABLE webhook_deliveries, webhooks'),
};
