import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { variables } from '../../src/core/config/environmentSchema';

const ROOT = resolve(__dirname, '../..');

export interface OwnPlatform {
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts a platform for the demo alone: its defaults, an empty database in a temporary folder, any free port. */
export async function ownPlatform(): Promise<OwnPlatform> {
  const dataDir = await mkdtemp(join(tmpdir(), 'atrium-demo-'));
  // As root, PostgreSQL runs as somebody else, who must be able to enter.
  await chmod(dataDir, 0o711);
  // An empty variable counts as unset, and hides what a .env says.
  const defaults = Object.fromEntries(Object.keys(variables).map((name) => [name, '']));
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], {
    cwd: ROOT,
    env: { ...process.env, ...defaults, DATA_DIR: dataDir, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exit;
    await rm(dataDir, { recursive: true, force: true });
  };
  for await (const line of createInterface(child.stdout)) {
    const [, address] = /Atrium listens on (http\S+)/.exec(line) ?? [];
    if (address) {
      child.stdout.resume();
      return { address, stop };
    }
  }
  await stop();
  throw new Error('The platform did not start.');
}
