import 'reflect-metadata';
import { mkdtemp, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { prepareDatabase } from '../../src/core/bootstrap/database';
import { EmbeddedPostgres } from '../../src/core/infrastructure/database/EmbeddedPostgres';
import { modules } from '../../src/modules';
import { APPLICATION, OWNER, PASSWORD, TEMPLATE, databaseAddress } from './databases';
import { silentLogger } from './silentLogger';

declare global {
  // What globalTeardown stops again.
  var embeddedPostgres: EmbeddedPostgres | undefined;
}

/** The server under test: DATABASE_URL, whose role may make databases and roles, or an embedded one without durability. */
async function adminUrl(): Promise<string> {
  const { DATABASE_URL } = process.env;
  if (DATABASE_URL) return DATABASE_URL;
  const dataDir = await mkdtemp(join(tmpdir(), 'atrium-test-'));
  // So that the unprivileged user PostgreSQL runs as under root can enter it.
  await chmod(dataDir, 0o711);
  globalThis.embeddedPostgres = await EmbeddedPostgres.start({
    dataDir,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  return globalThis.embeddedPostgres.adminUrl;
}

/** Makes the two roles, and one migrated database that every test file copies. */
export default async function globalSetup(): Promise<void> {
  process.env['ATRIUM_TEST_ADMIN_URL'] = await adminUrl();
  const admin = new Client({ connectionString: process.env['ATRIUM_TEST_ADMIN_URL'] });
  await admin.connect();
  for (const [role, attributes] of [[OWNER, 'LOGIN CREATEROLE'], [APPLICATION, 'LOGIN']]) {
    const { rowCount } = await admin.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
    await admin.query(`${rowCount ? 'ALTER' : 'CREATE'} ROLE ${role} ${attributes} PASSWORD '${PASSWORD}'`);
  }
  await admin.query(`DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE ${TEMPLATE} TEMPLATE template0 ENCODING 'UTF8'`);
  await admin.query(`ALTER DATABASE ${TEMPLATE} OWNER TO ${OWNER}`);
  await admin.end();
  await prepareDatabase(databaseAddress(TEMPLATE), modules, silentLogger);
}
