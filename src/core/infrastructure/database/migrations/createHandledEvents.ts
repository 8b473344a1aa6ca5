import type { Migration } from '../Migration';
import { platformTable } from '../tenantTable';

/** What each durable handler is done with: a job that comes again, as after a crash, does nothing a second time. */
export const createHandledEvents: Migration = {
  name: '20261120T1690-core-create-handled-events',
  up: (sql) =>
    sql(`
      CREATE TABLE handled_events (
        event_id uuid NOT NULL,
        handler text NOT NULL,
        handled_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (event_id, handler)
      );
      CREATE INDEX handled_events_by_age ON handled_events (handled_at);
      ${platformTable('handled_events', ['SELECT', 'INSERT', 'DELETE'])}
    `),
  down: (sql) => sql('DROP TABLE handled_events'),
};
