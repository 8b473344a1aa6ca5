import 'reflect-metadata';
import { join } from 'node:path';
import { JwtAccessTokens } from '../src/modules/auth/infrastructure/JwtAccessTokens';
import { TokenKeys } from '../src/modules/auth/infrastructure/TokenKeys';
import { alternate } from './alternate';
import { measure, type Round } from './measure';
import { printMachine, printMemory, printTable } from './report';
import { seed, type Caller } from './seed';
import type { Server } from './Server';
import { onStage, type Stage } from './stage';

const CONNECTIONS = [50, 1000];
const ROUND_SECONDS = 5;

/** A limit that counts every request and stops none. */
const SETTINGS = { RATE_LIMIT_USER_MAX_REQUESTS: '1000000000' };

function requestOf(tokens: JwtAccessTokens, { workspaceId, ...claims }: Caller): string {
  const lines = [`GET /api/v1/workspaces/${workspaceId} HTTP/1.1`, 'Host: 127.0.0.1', 'Accept: application/json'];
  return `${lines.join('\r\n')}\r\nAuthorization: Bearer ${tokens.issue(claims)}\r\n\r\n`;
}

async function compare({ adminUrl, secret, atrium, startLimit }: Stage): Promise<void> {
  const callers = await seed(adminUrl);
  const limit = await startLimit(join(__dirname, 'limit.ts'));
  const keys = new TokenKeys({ secret, privateKey: null, otherPublicKeys: [] });
  const tokens = new JwtAccessTokens(keys, { expiresInSeconds: 3600 });
  const requests = callers.map((caller) => requestOf(tokens, caller));
  console.log('Measuring for a minute and a half …\n');
  const idle = atrium.memory();
  const levels = [];
  for (const connections of CONNECTIONS) {
    const ask =
      (server: Server) =>
      (seconds: number): Promise<Round> =>
        measure(server, { connections, requests, seconds });
    levels.push({ name: connections, rounds: await alternate(ROUND_SECONDS, ask(limit), ask(atrium)) });
  }
  printTable('connections', levels);
  printMemory(idle, atrium.memory());
  printMachine();
}

onStage(SETTINGS, compare).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
