import { Client } from 'pg';
import { Umzug, type UmzugStorage } from 'umzug';
import type { Logger } from '../../application/Logger';
import { ensureApplicationRole } from './applicationRole';
import { migrationConnection, type DatabaseAddress } from './connection';
import { migrateQueue } from './migrateQueue';
import type { Migration } from './Migration';

/** The advisory lock that lets any number of processes start at once: one migrates, the others wait for it. */
const MIGRATION_LOCK = 5_220_174_116;

/** Keeps the journal in the database, on the migration's own connection and thus in its transaction. */
function journal(client: Client): UmzugStorage {
  return {
    async logMigration({ name }) {
      await client.query('INSERT INTO migrations (name) VALUES ($1)', [name]);
    },
    async unlogMigration({ name }) {
      await client.query('DELETE FROM migrations WHERE name = $1', [name]);
    },
    async executed() {
      const { rows } = await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY name');
      return rows.map(({ name }) => name);
    },
  };
}

function umzug(client: Client, migrations: readonly Migration[], logger: Logger): Umzug<Client> {
  const sql = (text: string, values?: unknown[]) => client.query(text, values);
  const byTime = [...migrations].sort((left, right) => (left.name < right.name ? -1 : 1));
  const runner = new Umzug<Client>({
    context: client,
    storage: journal(client),
    logger: undefined,
    migrations: byTime.map(({ name, up, down }) => ({ name, up: () => up(sql), down: () => down(sql) })),
  });
  // Each step and its journal entry commit together; a migrator killed in the middle leaves nothing behind.
  for (const before of ['migrating', 'reverting'] as const) runner.on(before, () => void client.query('BEGIN'));
  for (const after of ['migrated', 'reverted'] as const) {
    runner.on(after, async ({ name }) => {
      await client.query('COMMIT');
      logger.info(`Schema: ${after} ${name}`);
    });
  }
  return runner;
}

async function withLock<Result>(address: DatabaseAddress, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client(migrationConnection(address));
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await work(client);
  } finally {
    // Ends the session, and with it an open transaction and the lock.
    await client.end();
  }
}

/** What a database holds that does not come from migrations: reference data that the code declares. */
export type Seed = (client: Client) => Promise<void>;

/**
 * Brings the database up to date: the application's role, all modules' migrations, the job engine, reference data.
 * Safe to run from many processes at once; the database role must own the schema.
 */
export async function migrate(
  address: DatabaseAddress,
  migrations: readonly Migration[],
  seeds: readonly Seed[],
  logger: Logger,
): Promise<void> {
  await withLock(address, async (client) => {
    await client.query('CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, run_at timestamptz DEFAULT now())');
    await ensureApplicationRole(client, address);
    await umzug(client, migrations, logger).up();
    await migrateQueue(client, address);
    for (const seed of seeds) await seed(client);
  });
}

/** Takes back the newest `steps` migrations. */
export async function revert(
  address: DatabaseAddress,
  migrations: readonly Migration[],
  steps: number,
  logger: Logger,
): Promise<void> {
  await withLock(address, (client) => umzug(client, migrations, logger).down({ step: steps }));
}
