import type { Logger } from '../application/Logger';
import type { Config } from '../config/Config';
import type { DatabaseAddress } from '../infrastructure/database/connection';
import { EmbeddedPostgres } from '../infrastructure/database/EmbeddedPostgres';
import { migrate } from '../infrastructure/database/migrate';
import { createEvents } from '../infrastructure/database/migrations/createEvents';
import type { Migration } from '../infrastructure/database/Migration';
import type { AtriumModule } from './module';
import type { Lifecycle } from './Lifecycle';

/** All modules' migrations, and core's own. */
export function allMigrations(modules: readonly AtriumModule[]): Migration[] {
  return [createEvents, ...modules.flatMap(({ migrations }) => migrations)];
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
  return { application: postgres.applicationUrl, migration: postgres.ownerUrl, shared: false, ssl: false };
}

/** Brings schema, application role and reference data up to what the code declares. */
export async function prepareDatabase(
  address: DatabaseAddress,
  modules: readonly AtriumModule[],
  logger: Logger,
): Promise<void> {
  const permissions = modules.flatMap((module) => module.permissions);
  const seeds = modules.flatMap(({ seed }) => (seed ? [seed(permissions)] : []));
  await migrate(address, allMigrations(modules), seeds, logger);
}
