import { createHash } from 'node:crypto';
import type { Logger } from '../application/Logger';
import type { Config } from '../config/Config';
import type { DatabaseAddress } from '../infrastructure/database/connection';
import { EmbeddedPostgres } from '../infrastructure/database/EmbeddedPostgres';
import { isPrepared, migrate, type Schema } from '../infrastructure/database/migrate';
import { QUEUE_SCHEMA } from '../infrastructure/database/migrateQueue';
import { createEvents } from '../infrastructure/database/migrations/createEvents';
import { createHandledEvents } from '../infrastructure/database/migrations/createHandledEvents';
import { createIdempotencyKeys } from '../infrastructure/database/migrations/createIdempotencyKeys';
import { createPresences } from '../infrastructure/database/migrations/createPresences';
import type { Migration } from '../infrastructure/database/Migration';
import type { AtriumModule } from './module';
import type { Lifecycle } from './Lifecycle';

/** All modules' migrations, and core's own. */
export function allMigrations(modules: readonly AtriumModule[]): Migration[] {
  const own = [createEvents, createIdempotencyKeys, createPresences, createHandledEvents];
  return [...own, ...modules.flatMap(({ migrations }) => migrations)];
}

/** Where the database is; starts the embedded one when the configuration names none. */
export async function locateDatabase(
  { database, dataDir }: Pick<Config, 'database' | 'dataDir'>,
  lifecycle: Lifecycle,
): Promise<DatabaseAddress> {
  if (database.kind === 'url') return database;
  const postgres = await lifecycle.start(
    'embedded PostgreSQL',
    () => EmbeddedPostgres.start({ dataDir }),
    (embedded) => embedded.stop(),
  );
  // It is this process's own: without it there is nothing left to serve, and a supervisor knows how to start anew.
  void postgres.exited.then((failure) => {
    if (failure) throw failure;
  });
  return { application: postgres.applicationUrl, migration: postgres.ownerUrl, shared: false, ssl: false };
}

/** The schema of these modules, told from any other by what they declare and whom it is opened to. */
function schemaOf(modules: readonly AtriumModule[], { application }: DatabaseAddress): Schema {
  const migrations = allMigrations(modules);
  const permissions = modules.flatMap((module) => module.permissions);
  const names = migrations.map(({ name }) => name);
  const declared = JSON.stringify([QUEUE_SCHEMA, new URL(application).username, names, permissions]);
  return {
    migrations,
    seeds: modules.flatMap(({ seed }) => (seed ? [seed(permissions)] : [])),
    fingerprint: createHash('sha256').update(declared).digest('base64url'),
  };
}

/** Brings schema, application role and reference data up to what the code declares, unless they are there already. */
export async function prepareDatabase(
  address: DatabaseAddress,
  modules: readonly AtriumModule[],
  logger: Logger,
): Promise<void> {
  const schema = schemaOf(modules, address);
  if (!(await isPrepared(address, schema))) await migrate(address, schema, logger);
}
