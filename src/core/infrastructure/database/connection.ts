import type { ClientConfig } from 'pg';
import { APPLICATION_ROLE } from './tenantTable';

export interface DatabaseAddress {
  /** PostgreSQL URL of the role that serves requests. */
  readonly application: string;
  /** PostgreSQL URL of the owner role, which migrates. */
  readonly migration: string;
  /** Whether the two are one credential; the application then steps down to the unprivileged role on connecting. */
  readonly shared: boolean;
  /** Whether the server must speak TLS with a certificate that verifies. */
  readonly ssl: boolean;
}

/** Milliseconds a statement of a request may run, or wait for a lock, before it is answered with 503. */
const STATEMENT_TIMEOUT_MS = 15_000;
const LOCK_TIMEOUT_MS = 1_500;

/** How every connection of the running application is opened, whoever opens it. */
export function applicationConnection(address: DatabaseAddress): ClientConfig & { connectionString: string } {
  return {
    connectionString: address.application,
    application_name: 'atrium',
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    ...(address.ssl && { ssl: { rejectUnauthorized: true } }),
    ...(address.shared && { options: `-c role=${APPLICATION_ROLE}` }),
  };
}

/** The settings that bound a request's patience; background workers keep the server's own. */
export const REQUEST_TIMEOUTS = {
  statement_timeout: STATEMENT_TIMEOUT_MS,
  lock_timeout: LOCK_TIMEOUT_MS,
  idle_in_transaction_session_timeout: 30_000,
} as const;

export function migrationConnection(address: DatabaseAddress): ClientConfig & { connectionString: string } {
  return {
    connectionString: address.migration,
    application_name: 'atrium-migrate',
    connectionTimeoutMillis: 5_000,
    ...(address.ssl && { ssl: { rejectUnauthorized: true } }),
  };
}
