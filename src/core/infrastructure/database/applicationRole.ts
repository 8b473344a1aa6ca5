import { escapeIdentifier, type Client } from 'pg';
import type { DatabaseAddress } from './connection';
import { APPLICATION_ROLE } from './tenantTable';

/** Roles belong to the whole server: another database's migration may make or grant the same one at this moment. */
const LOST_RACE = new Set(['42710', '23505', 'XX000']);

async function whateverTheRace(client: Client, text: string): Promise<void> {
  try {
    await client.query(text);
  } catch (error) {
    if (!LOST_RACE.has((error as { code?: string }).code ?? '')) throw error;
  }
}

/** Makes the role that holds the application's privileges, and lets the role that serves requests act as it. */
export async function ensureApplicationRole(client: Client, address: DatabaseAddress): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [APPLICATION_ROLE]);
  if (rowCount === 0) await whateverTheRace(client, `CREATE ROLE ${APPLICATION_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS`);
  const login = decodeURIComponent(new URL(address.application).username);
  const granted = await client.query(
    `SELECT FROM pg_auth_members
     WHERE roleid = $1::regrole AND member = (SELECT oid FROM pg_roles WHERE rolname = $2)`,
    [APPLICATION_ROLE, login],
  );
  // Making a role grants it to its maker without the right to become it (PostgreSQL 16 and later), hence again.
  if (granted.rowCount === 0 || address.shared) {
    await whateverTheRace(client, `GRANT ${APPLICATION_ROLE} TO ${escapeIdentifier(login)}`);
  }
}
