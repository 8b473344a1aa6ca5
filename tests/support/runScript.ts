import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { variables } from '../../src/core/config/environmentSchema';
import type { TestPlatform } from './testPlatform';

const ROOT = join(__dirname, '../..');
/** An empty variable counts as unset, and hides what a `.env` says. */
const NOTHING = Object.fromEntries(Object.keys(variables).map((name) => [name, '']));

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of the scripts as people do, in a process of its own, on the database of a running platform. */
export function runScript(
  platform: TestPlatform,
  dataDir: string,
  script: string,
  args: readonly string[] = [],
  environment: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  const { application, migration } = platform.database.address;
  const settings = { DATA_DIR: dataDir, DATABASE_URL: application, MIGRATION_DATABASE_URL: migration };
  const env = { PATH: process.env.PATH, ...NOTHING, BCRYPT_ROUNDS: '4', ...settings, ...environment };
  return new Promise((resolve) => {
    const command = ['--import', 'tsx', `scripts/${script}.ts`, ...args];
    execFile(process.execPath, command, { cwd: ROOT, env }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}
