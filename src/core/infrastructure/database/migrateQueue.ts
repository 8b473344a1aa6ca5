import { runMigrations } from 'graphile-worker';
import { version } from 'graphile-worker/package.json';
import { Pool, type Client } from 'pg';
import { FAILED_JOBS_INDEX } from '../jobs/failedJobsIndex';
import { migrationConnection, type DatabaseAddress } from './connection';
import { APPLICATION_ROLE } from './tenantTable';

/** The job engine's own tables that stand under row-level security; jobs are the platform's, not a tenant's. */
const PROTECTED = ['_private_jobs', '_private_job_queues', '_private_tasks', '_private_known_crontabs'];

/** Told from any other by the engine's version, and by what is done to its tables here. */
export const QUEUE_SCHEMA = [version, FAILED_JOBS_INDEX];

/** Brings the job engine's schema up to date and opens it to the unprivileged application role. */
export async function migrateQueue(client: Client, address: DatabaseAddress): Promise<void> {
  // Of our own, to be over when this is: the engine does not wait for the end of one that it makes.
  const pgPool = new Pool({ ...migrationConnection(address), max: 1 });
  // A connection that breaks is told by the statement that fails on it.
  pgPool.on('error', () => {}).on('connect', (connection) => connection.on('error', () => {}));
  try {
    await runMigrations({ pgPool, schema: 'graphile_worker' });
  } finally {
    await pgPool.end();
  }
  await client.query(`
    GRANT USAGE ON SCHEMA graphile_worker TO ${APPLICATION_ROLE};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graphile_worker TO ${APPLICATION_ROLE};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA graphile_worker TO ${APPLICATION_ROLE};
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker TO ${APPLICATION_ROLE};
  `);
  await client.query(FAILED_JOBS_INDEX);
  for (const table of PROTECTED) {
    await client.query(`
      DROP POLICY IF EXISTS application ON graphile_worker.${table};
      CREATE POLICY application ON graphile_worker.${table} TO ${APPLICATION_ROLE} USING (true) WITH CHECK (true);
    `);
  }
}
