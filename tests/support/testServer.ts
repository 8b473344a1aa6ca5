import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from '../../src/core/infrastructure/database/EmbeddedPostgres';

/** Nothing of a test has to survive a power cut, and its passwords, proven with every connection, need not be hard to guess. */
const FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  scram_iterations: '1',
};

let stop: () => Promise<void> = async () => {};

/**
 * The PostgreSQL under test: the one DATABASE_URL names, whose role must be allowed to make databases and roles, or an
 * embedded one.
 * @returns the URL of a superuser
 */
export async function startTestServer(): Promise<string> {
  const { DATABASE_URL } = process.env;
  if (DATABASE_URL) return DATABASE_URL;
  const dataDir = await mkdtemp(join(tmpdir(), 'atrium-test-'));
  // So that the unprivileged user PostgreSQL runs as under root can enter it.
  await chmod(dataDir, 0o711);
  const postgres = await EmbeddedPostgres.start({ dataDir, settings: FAST });
  stop = async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return postgres.adminUrl;
}

export function stopTestServer(): Promise<void> {
  return stop();
}
