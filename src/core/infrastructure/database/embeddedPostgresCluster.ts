import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, mkdtemp, readFile, realpath, rmdir, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { buildFolder, exists } from './buildFolder';
import { asServer, canEnter, unprivilegedUser, type ServerUser } from './embeddedPostgresUser';

const run = promisify(execFile);

/** The superuser's name. */
export const SUPERUSER = 'postgres';

export interface Cluster {
  /** A folder with PostgreSQL's own `data`, the superuser's `password` and the `log`. */
  readonly home: string;
  readonly user: ServerUser;
}

/**
 * Where the unprivileged user can't come, e.g. below /root, `path` becomes a link to a place where it can,
 * one that outlives a reboot. From then on the link decides: who moves DATA_DIR takes the database along,
 * who deletes DATA_DIR starts afresh (and the folder in /var/lib is left over).
 */
async function linkElsewhere(path: string): Promise<void> {
  await mkdir('/var/lib', { recursive: true });
  const place = await mkdtemp('/var/lib/atrium-');
  try {
    await symlink(place, path);
  } catch (error) {
    await rmdir(place);
    // Unless another start was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

async function ownPlace(path: string): Promise<Cluster> {
  const { uid } = await stat(path).catch(() => ({ uid: process.getuid?.() }));
  if (uid === process.getuid?.()) return { home: path, user: {} };
  throw new Error(`The database in ${path} belongs to the user number ${uid}: only that user or root can start it.`);
}

/** Finds, or chooses, the cluster's place in `dataDir` and its user. It need not be initialized yet. */
export async function locateCluster(dataDir: string): Promise<Cluster> {
  await mkdir(dataDir, { recursive: true });
  const path = join(await realpath(dataDir), 'postgres');
  if (process.getuid?.() !== 0) return ownPlace(path);

  const user = await unprivilegedUser();
  const isNew = !(await exists(path));
  if (isNew && (await canEnter(user, dirname(path)))) return { home: path, user };
  if (isNew) await linkElsewhere(path);
  const home = await realpath(path).catch(() => {
    throw new Error(`The database that ${path} links to is gone. Delete the link to start with an empty one.`);
  });
  const { uid, gid } = await stat(home);
  return { home, user: uid === 0 ? user : { uid, gid } };
}

/**
 * Runs initdb unless that has been done. It leaves a random password in a file; there is no login without.
 * A `durable` cluster is on the disk, not only in its cache, when this resolves.
 */
export async function initializeCluster({ home, user }: Cluster, binaries: string, durable: boolean): Promise<void> {
  if (await exists(join(home, 'data'))) return;
  await buildFolder(home, async (draft) => {
    const password = join(draft, 'password');
    await writeFile(password, randomBytes(32).toString('base64url'), { mode: 0o600 });
    for (const path of [draft, password]) await chown(path, user.uid ?? -1, user.gid ?? -1);
    const options = [
      `--pgdata=${join(draft, 'data')}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${password}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // PostgreSQL's own locale sorts and folds alike on every machine. The system's character classes are
      // for pg_trgm, which with those of C would drop every letter beyond ASCII.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      `--lc-ctype=${process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'}`,
    ];
    if (!durable) options.push('--no-sync');
    await run(join(binaries, 'initdb'), options, asServer(user)).catch((error: { stderr: string }) => {
      throw new Error(`PostgreSQL could not be initialized in ${home}: ${error.stderr.trim()}`, {
        cause: error,
      });
    });
  });
}

/** A superuser's connection beside the application's database, yet to be opened. */
export function maintenanceClient(port: number, password: string): Client {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: SUPERUSER,
    password,
    database: 'postgres',
    ssl: false,
    connectionTimeoutMillis: 5_000,
  });
  // A lost connection fails the call that is under way; without a listener it would end this process as well.
  client.on('error', () => undefined);
  return client;
}

/** The superuser's password. */
export function readPassword({ home }: Cluster): Promise<string> {
  return readFile(join(home, 'password'), 'utf8');
}
