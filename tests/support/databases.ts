import { randomBytes } from 'node:crypto';
import { Pool, type QueryResultRow } from 'pg';
import type { DatabaseAddress } from '../../src/core/infrastructure/database/connection';
import { query } from './query';

/** The owner role, which migrates, and the one that serves requests; both of the tests alone. */
export const OWNER = 'atrium_test_owner';
export const APPLICATION = 'atrium_test';
export const PASSWORD = 'only-for-tests';
/** The migrated, empty database that others are copies of. */
export const TEMPLATE = 'atrium_test_template';

function url(database: string, role?: string): string {
  const address = new URL(process.env.ATRIUM_TEST_ADMIN_URL ?? '');
  address.pathname = `/${database}`;
  if (role) Object.assign(address, { username: role, password: PASSWORD });
  return address.href;
}

/** How the platform is told about a database: with two credentials, as in production. */
export function databaseAddress(name: string): DatabaseAddress {
  return { application: url(name, APPLICATION), migration: url(name, OWNER), shared: false, ssl: false };
}

export interface TestDatabase {
  readonly name: string;
  readonly address: DatabaseAddress;
  /** As a superuser, whom row-level security does not bind: to look at what really stands in the tables. */
  readonly adminUrl: string;
  /** Rows as they really are, whoever's they are. */
  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

/** A fresh database: a copy of the migrated one, or empty. */
export async function createTestDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const name = `atrium_test_${randomBytes(6).toString('hex')}`;
  const { ATRIUM_TEST_ADMIN_URL: server = '' } = process.env;
  await query(server, `CREATE DATABASE ${name} OWNER ${OWNER} TEMPLATE ${migrated ? TEMPLATE : 'template0'}`);
  // To connect takes longer than most of what is asked.
  const pool = new Pool({ connectionString: url(name), idleTimeoutMillis: 1_000, allowExitOnIdle: true });
  // Tests cut connections; one that waits for work is replaced.
  pool.on('error', () => {});
  return {
    name,
    address: databaseAddress(name),
    adminUrl: url(name),
    query: async <Row extends QueryResultRow>(text: string, values?: unknown[]) =>
      (await pool.query<Row>(text, values)).rows,
    async drop() {
      await pool.end();
      await query(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}
