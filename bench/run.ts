import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Lifecycle } from '../src/core/bootstrap/Lifecycle';
import { createLogger } from '../src/core/config/logger';
import { EmbeddedPostgres } from '../src/core/infrastructure/database/EmbeddedPostgres';
import { JwtAccessTokens } from '../src/modules/auth/infrastructure/JwtAccessTokens';
import { leaveFirstCore, onFirstCore } from './cores';
import { measure, type Round } from './measure';
import { printMachine, printTable } from './report';
import { seed, type Caller } from './seed';
import { Server } from './Server';

const ROOT = resolve(__dirname, '..');
const CONNECTIONS = [50, 1000];
const ROUNDS = 3;
const ROUND_SECONDS = 5;
const WARM_UP_SECONDS = 3;

const secret = randomBytes(48).toString('base64');

/** What both servers are given. */
const COMMON = { NODE_ENV: 'production', JWT_SECRET: secret, DB_POOL_MAX: '10' };

/** As the image runs it. */
const HEAP = '--max-old-space-size=768';

/** Production settings, with limits that count every request and stop none. */
const ATRIUM = {
  ...COMMON,
  HOST: '127.0.0.1',
  SMTP_URL: 'smtp://127.0.0.1:9',
  EMAIL_FROM: 'atrium@example.com',
  FRONTEND_URL: 'https://app.example.com',
  RATE_LIMIT_USER_MAX_REQUESTS: '1000000000',
};

/** Compiles the platform as the image does, yet outside the repository. */
async function compile(folder: string): Promise<string> {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const project = join(ROOT, 'tsconfig.build.json');
  execFileSync(process.execPath, [compiler, '-p', project, '--outDir', join(folder, 'dist')], { stdio: 'inherit' });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return join(folder, 'dist/src/server.js');
}

function requestOf(tokens: JwtAccessTokens, { workspaceId, ...claims }: Caller): string {
  const lines = [`GET /api/v1/workspaces/${workspaceId} HTTP/1.1`, 'Host: 127.0.0.1', 'Accept: application/json'];
  return `${lines.join('\r\n')}\r\nAuthorization: Bearer ${tokens.issue(claims)}\r\n\r\n`;
}

async function compare(limit: Server, atrium: Server, requests: readonly string[]): Promise<void> {
  const idle = atrium.memory();
  const levels = [];
  for (const connections of CONNECTIONS) {
    const load = { connections, requests };
    for (const server of [limit, atrium]) await measure(server, { ...load, seconds: WARM_UP_SECONDS });
    const rounds: { limit: Round; atrium: Round }[] = [];
    while (rounds.length < ROUNDS) {
      rounds.push({
        limit: await measure(limit, { ...load, seconds: ROUND_SECONDS }),
        atrium: await measure(atrium, { ...load, seconds: ROUND_SECONDS }),
      });
    }
    levels.push({ connections, rounds });
  }
  printTable(levels);
  printMachine({ idle, loaded: atrium.memory() });
}

async function main(): Promise<void> {
  leaveFirstCore();
  const folder = await mkdtemp(join(tmpdir(), 'atrium-bench-'));
  // As root, PostgreSQL runs as somebody else, who must be able to enter.
  await chmod(folder, 0o711);
  const lifecycle = new Lifecycle(createLogger({ env: 'development', log: { level: 'warn' } }));
  const start = (name: string, command: readonly string[], environment: NodeJS.ProcessEnv): Promise<Server> =>
    lifecycle.start(
      name,
      () => Server.start(onFirstCore([process.execPath, ...command]), environment),
      (server) => server.stop(),
    );
  try {
    console.log('Compiling, and preparing a database …');
    const program = await compile(folder);
    const postgres = await lifecycle.start(
      'PostgreSQL',
      () => EmbeddedPostgres.start({ dataDir: folder }),
      (server) => server.stop(),
    );
    const { applicationUrl: DATABASE_URL, ownerUrl: MIGRATION_DATABASE_URL } = postgres;
    const atrium = await start('Atrium', [HEAP, program], {
      ...ATRIUM,
      DATA_DIR: folder,
      DATABASE_URL,
      MIGRATION_DATABASE_URL,
    });
    const callers = await seed(postgres.adminUrl);
    const limit = await start('limit', ['--import', 'tsx', join(__dirname, 'limit.ts')], {
      ...COMMON,
      DATABASE_URL: postgres.adminUrl,
    });
    const tokens = new JwtAccessTokens({ secret: Buffer.from(secret), expiresInSeconds: 3600 });
    console.log('Measuring for a minute and a half …\n');
    await compare(
      limit,
      atrium,
      callers.map((caller) => requestOf(tokens, caller)),
    );
  } finally {
    await lifecycle.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
