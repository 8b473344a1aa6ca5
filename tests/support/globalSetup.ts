import 'reflect-metadata';
import { Client } from 'pg';
import { prepareDatabase } from '../../src/core/bootstrap/database';
import { modules } from '../../src/modules';
import { APPLICATION, OWNER, PASSWORD, TEMPLATE, databaseAddress } from './databases';
import { silentLogger } from './silentLogger';
import { startTestServer } from './testServer';

/** Makes the two roles, and one migrated database that every test file copies. */
export default async function globalSetup(): Promise<void> {
  process.env.ATRIUM_TEST_ADMIN_URL = await startTestServer();
  const admin = new Client({ connectionString: process.env.ATRIUM_TEST_ADMIN_URL });
  await admin.connect();
  for (const [role, attributes] of [
    [OWNER, 'LOGIN CREATEROLE'],
    [APPLICATION, 'LOGIN'],
  ]) {
    const { rowCount } = await admin.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
    await admin.query(`${rowCount ? 'ALTER' : 'CREATE'} ROLE ${role} ${attributes} PASSWORD '${PASSWORD}'`);
  }
  await admin.query(`DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE ${TEMPLATE} TEMPLATE template0 ENCODING 'UTF8'`);
  await admin.query(`ALTER DATABASE ${TEMPLATE} OWNER TO ${OWNER}`);
  await admin.end();
  await prepareDatabase(databaseAddress(TEMPLATE), modules, silentLogger);
}
