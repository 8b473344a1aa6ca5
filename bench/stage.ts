import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Lifecycle } from '../src/core/bootstrap/Lifecycle';
import { createLogger } from '../src/core/config/logger';
import { EmbeddedPostgres } from '../src/core/infrastructure/database/EmbeddedPostgres';
import { leaveFirstCore, onFirstCore } from './cores';
import { Server } from './Server';

const ROOT = resolve(__dirname, '..');

const secret = randomBytes(48);

/** What both servers are given. */
const COMMON = { NODE_ENV: 'production', JWT_SECRET: secret.toString('base64'), DB_POOL_MAX: '10' };

/** As the image runs it. */
const HEAP = ['--max-old-space-size=768', '--max-semi-space-size=64'];

/** Production settings. */
const ATRIUM = {
  ...COMMON,
  HOST: '127.0.0.1',
  SMTP_URL: 'smtp://127.0.0.1:9',
  EMAIL_FROM: 'atrium@example.com',
  FRONTEND_URL: 'https://app.example.com',
};

/** What a benchmark has to work with; all of it is gone when the work is done. */
export interface Stage {
  /** PostgreSQL URL of the superuser. */
  readonly adminUrl: string;
  /** The bytes of the secret that the platform was given. */
  readonly secret: Buffer;
  readonly atrium: Server;
  /** Starts the server that the platform is measured against, from its script; it bypasses row-level security. */
  readonly startLimit: (script: string, settings?: NodeJS.ProcessEnv) => Promise<Server>;
}

/** Compiles the platform as the image does, yet outside the repository. */
async function compile(folder: string): Promise<string> {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const project = join(ROOT, 'tsconfig.build.json');
  execFileSync(process.execPath, [compiler, '-p', project, '--outDir', join(folder, 'dist')], { stdio: 'inherit' });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return join(folder, 'dist/src/server.js');
}

async function build(lifecycle: Lifecycle, folder: string, settings: NodeJS.ProcessEnv): Promise<Stage> {
  const start = (name: string, command: readonly string[], environment: NodeJS.ProcessEnv): Promise<Server> =>
    lifecycle.start(
      name,
      () => Server.start(onFirstCore([process.execPath, ...command]), environment),
      (server) => server.stop(),
    );
  const program = await compile(folder);
  const { adminUrl, applicationUrl, ownerUrl } = await lifecycle.start(
    'PostgreSQL',
    () => EmbeddedPostgres.start({ dataDir: folder }),
    (server) => server.stop(),
  );
  const database = { DATABASE_URL: applicationUrl, MIGRATION_DATABASE_URL: ownerUrl };
  const atrium = await start('Atrium', [...HEAP, program], { ...ATRIUM, ...settings, ...database, DATA_DIR: folder });
  const startLimit = (script: string, further: NodeJS.ProcessEnv = {}): Promise<Server> =>
    start('limit', ['--import', 'tsx', script], { ...COMMON, DATABASE_URL: adminUrl, ...further });
  return { adminUrl, secret: Buffer.from(COMMON.JWT_SECRET), atrium, startLimit };
}

/** Runs a benchmark: the platform with these further settings in a process on the first core, everything else beside. */
export async function onStage(settings: NodeJS.ProcessEnv, work: (stage: Stage) => Promise<void>): Promise<void> {
  leaveFirstCore();
  const folder = await mkdtemp(join(tmpdir(), 'atrium-bench-'));
  // As root, PostgreSQL runs as somebody else, who must be able to enter.
  await chmod(folder, 0o711);
  const lifecycle = new Lifecycle(createLogger({ env: 'development', log: { level: 'warn' } }));
  try {
    console.log('Compiling, and preparing a database …');
    await work(await build(lifecycle, folder, settings));
  } finally {
    await lifecycle.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
