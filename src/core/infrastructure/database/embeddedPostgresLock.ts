import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from './buildFolder';
import { maintenanceClient, readPassword, type Cluster } from './embeddedPostgresCluster';

/** How long a server may outlive its Atrium before it counts as that of a living one. */
const PATIENCE_MS = 2_000;
/** How long it may take to recover, or to write everything to disk when it ends. */
const BUSY_PATIENCE_MS = 60_000;
/** A lock younger than this may be that of a server which does not listen yet. */
const FRESH_MS = 10_000;

/** What PostgreSQL notes in postmaster.pid; a number that is not there (yet) is 0. */
export interface ServerLock {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

function lockFile({ home }: Cluster): string {
  return join(home, 'data', 'postmaster.pid');
}

/** The lock of the server that runs on the cluster, or that was killed there. */
export async function readLock(cluster: Cluster): Promise<ServerLock | undefined> {
  const text = await readFile(lockFile(cluster), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const [pid = '', , , port = '', , , , status = ''] = text.split('\n');
  return { pid: Number(pid) || 0, port: Number(port) || 0, ready: status.trim() === 'ready' };
}

/** Asks whoever listens where the lock says: only the cluster's own server accepts its password. */
async function ask(cluster: Cluster, port: number): Promise<'running' | 'busy' | 'absent'> {
  if (port === 0) return 'absent';
  const client = maintenanceClient(port, await readPassword(cluster));
  try {
    await client.connect();
    return 'running';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === '57P03') return 'busy';
    return code === 'ECONNREFUSED' || code === '28P01' ? 'absent' : 'running';
  } finally {
    await client.end();
  }
}

/**
 * Waits until no server holds the cluster: that of an Atrium killed a moment ago is just shutting down. The
 * lock of a dead server is no obstacle, even where its process id belongs to another program by now.
 * @throws Error that names the process when another Atrium goes on running.
 */
export async function awaitRelease(cluster: Cluster, dataDir: string): Promise<void> {
  const start = Date.now();
  for (let waited = 0; ; waited = Date.now() - start) {
    const lock = await readLock(cluster);
    // PostgreSQL itself takes over the lock of a process that is gone.
    if (!lock || (lock.pid > 0 && !isAlive(lock.pid))) return;
    if (waited > PATIENCE_MS) {
      const answer = await ask(cluster, lock.port);
      if (answer === 'running' || waited > BUSY_PATIENCE_MS) {
        throw new Error(`Another Atrium is already running on ${dataDir} (PostgreSQL process ${lock.pid}).`);
      }
      const { mtimeMs } = await stat(lockFile(cluster)).catch(() => ({ mtimeMs: Date.now() }));
      const isStale = answer === 'absent' && Date.now() - mtimeMs > FRESH_MS;
      if (isStale) return rm(lockFile(cluster), { force: true });
    }
    await delay(50);
  }
}
