import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Whether a process of this id exists that this process may signal. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Removes the drafts of builders that were killed: their process id is in the name. */
async function sweep(place: string): Promise<void> {
  const folder = dirname(place);
  const prefix = `${basename(place)}.new-`;
  const drafts = (await readdir(folder)).filter((name) => name.startsWith(prefix));
  const orphans = drafts.filter((name) => !isAlive(Number.parseInt(name.slice(prefix.length), 10)));
  // A child of the killed builder may be writing for a moment yet, hence the retries.
  const options = { recursive: true, force: true, maxRetries: 10 };
  await Promise.all(orphans.map((name) => rm(join(folder, name), options)));
}

function isTaken({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ENOTEMPTY' || code === 'EEXIST';
}

/**
 * Makes the folder `place` (absent or empty) exist whole or not at all: `build` fills a draft beside it,
 * which is then renamed. When somebody else was faster, theirs stands and the draft is dropped.
 */
export async function buildFolder(place: string, build: (draft: string) => Promise<void>): Promise<void> {
  await sweep(place);
  const draft = `${place}.new-${process.pid}-${randomBytes(4).toString('hex')}`;
  await mkdir(draft, { mode: 0o700 });
  try {
    await build(draft);
    await rename(draft, place);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!isTaken(error as NodeJS.ErrnoException)) throw error;
  }
}
