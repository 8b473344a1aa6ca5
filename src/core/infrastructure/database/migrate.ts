import { Client, DatabaseError } from 'pg';
import type { Umzug, UmzugStorage } from 'umzug';
import type { Logger } from '../../application/Logger';
import { ensureApplicationRole } from './applicationRole';
import { applicationConnection, migrationConnection, type DatabaseAddress } from './connection';
import { migrateQueue } from './migrateQueue';
import type { Migration } from './Migration';
import { platformTable } from './tenantTable';

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

/** The library is loaded here because it brings a command line of its own, and most starts have nothing to migrate. */
async function umzug(client: Client, migrations: readonly Migration[], logger: Logger): Promise<Umzug<Client>> {
  const library = await import('umzug');
  const sql = (text: string, values?: unknown[]) => client.query(text, values);
  const byTime = [...migrations].sort((left, right) => (left.name < right.name ? -1 : 1));
  const runner = new library.Umzug<Client>({
    context: client,
    storage: journal(client),
    logger: undefined,
    migrations: byTime.map((step) => ({ name: step.name, up: () => step.up(sql), down: () => step.down(sql) })),
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

/** The library's own error tells its cause twice, and all of the connection. */
async function plainly(run: Promise<unknown>): Promise<void> {
  try {
    await run;
  } catch (error) {
    const { MigrationError } = await import('umzug');
    if (!(error instanceof MigrationError)) throw error;
    const { migration, cause } = error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Migration ${migration.name} failed: ${reason}`, { cause });
  }
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

/** Everything a database is to hold before it serves. */
export interface Schema {
  readonly migrations: readonly Migration[];
  readonly seeds: readonly Seed[];
  /** Changes whenever any of it does. */
  readonly fingerprint: string;
}

/** Whether the database holds all of a schema; asked as the role that serves, so that no owner's credential is needed. */
export async function isPrepared(address: DatabaseAddress, { fingerprint }: Schema): Promise<boolean> {
  const client = new Client(applicationConnection(address));
  try {
    await client.connect();
    const { rowCount } = await client.query('SELECT FROM prepared_schema WHERE fingerprint = $1', [fingerprint]);
    return rowCount === 1;
  } catch (error) {
    // An empty database, or one that knows nothing of this role yet.
    if (error instanceof DatabaseError) return false;
    throw error;
  } finally {
    await client.end();
  }
}

/**
 * Brings the database up to date: the application's role, all modules' migrations, the job engine, reference data.
 * Safe to run from many processes at once; the database role must own the schema.
 */
export async function migrate(address: DatabaseAddress, schema: Schema, logger: Logger): Promise<void> {
  await withLock(address, async (client) => {
    await client.query(`
      CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, run_at timestamptz NOT NULL DEFAULT now());
      CREATE TABLE IF NOT EXISTS prepared_schema (fingerprint text NOT NULL);
    `);
    await ensureApplicationRole(client, address);
    await client.query(platformTable('prepared_schema', ['SELECT']));
    await plainly((await umzug(client, schema.migrations, logger)).up());
    await migrateQueue(client, address);
    for (const seed of schema.seeds) await seed(client);
    await client.query('DELETE FROM prepared_schema');
    await client.query('INSERT INTO prepared_schema VALUES ($1)', [schema.fingerprint]);
  });
}

/** Takes back the newest `steps` migrations. */
export async function revert(
  address: DatabaseAddress,
  migrations: readonly Migration[],
  steps: number,
  logger: Logger,
): Promise<void> {
  await withLock(address, async (client) => {
    await client.query('DELETE FROM prepared_schema');
    await plainly((await umzug(client, migrations, logger)).down({ step: steps }));
  });
}
