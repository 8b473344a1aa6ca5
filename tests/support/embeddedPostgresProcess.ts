import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, watch } from 'node:fs/promises';
import { join } from 'node:path';

const SOURCE = require.resolve('../../src/core/infrastructure/database/EmbeddedPostgres');
const START = `
  const { EmbeddedPostgres } = require(process.argv[1]);
  EmbeddedPostgres.start({ dataDir: process.argv[2] }).then(({ ownerUrl }) => console.log(ownerUrl));
`;

/** Another process of Atrium that has the database started; it writes where its owner finds it. */
export function startElsewhere(dataDir: string): ChildProcess {
  const script = ['--import', 'tsx', '-e', START, SOURCE, dataDir];
  return spawn(process.execPath, script, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Ends a process as a crash would. */
export async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Resolves when `folder` holds a member whose name begins with `prefix`. @returns the path of that member */
export async function appearance(folder: string, prefix: string): Promise<string> {
  const changes = watch(folder, { persistent: false })[Symbol.asyncIterator]();
  for (;;) {
    // Asked for first, so that no change goes unnoticed while the folder is read.
    const change = changes.next();
    const name = (await readdir(folder)).find((member) => member.startsWith(prefix));
    if (name !== undefined) return join(folder, name);
    await change;
  }
}
