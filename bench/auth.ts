import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { alternate } from './alternate';
import { flood } from './auth/flood';
import { seedPeople } from './auth/people';
import { coresOfServer, onFirstCore } from './cores';
import { measure, type Round } from './measure';
import { printMachine, printTable } from './report';
import type { Server } from './Server';
import { onStage, type Stage } from './stage';
import { median } from './statistics';

/** The least that production takes, and its default. */
const BCRYPT_COST = 12;
/** Enough that always one waits; fewer than the platform refuses. */
const CONNECTIONS_OF_LOGINS = 8 * coresOfServer;
const LOGIN_SECONDS = 8;
const ACCOUNTS_PER_ROUND = 120;
const ACCOUNTS_OF_FLOOD = 500;

const CONNECTIONS_OF_REFRESHES = 50;
const SESSIONS_PER_ROUND = 100;
const REFRESH_SECONDS = 5;

/** Nothing is counted: everybody here comes from one address. */
const SETTINGS = {
  BCRYPT_ROUNDS: String(BCRYPT_COST),
  RATE_LIMIT_MAX_REQUESTS: '0',
  RATE_LIMIT_USER_MAX_REQUESTS: '0',
  RATE_LIMIT_AUTH_MAX_REQUESTS: '0',
};

/** Passwords compared on the first core, by a process that does nothing else. */
async function compareBare(seconds: number): Promise<Round> {
  const script = [process.execPath, '--import', 'tsx', join(__dirname, 'auth/bcrypt.ts')];
  const [program = '', ...args] = onFirstCore([...script, String(seconds), String(BCRYPT_COST)]);
  return JSON.parse((await promisify(execFile)(program, args)).stdout) as Round;
}

async function compare({ adminUrl, atrium, startLimit }: Stage): Promise<void> {
  const { logins, refreshes } = await seedPeople(adminUrl, BCRYPT_COST);
  const limit = await startLimit(join(__dirname, 'auth/limit.ts'));
  console.log('Measuring for two minutes …\n');
  const refresh = (server: Server) => (seconds: number) =>
    measure(server, {
      connections: CONNECTIONS_OF_REFRESHES,
      requests: refreshes.take(SESSIONS_PER_ROUND),
      carry: String.raw`"refreshToken":"[\w-]+"`,
      seconds,
    });
  const login = (seconds: number): Promise<Round> =>
    measure(atrium, { connections: CONNECTIONS_OF_LOGINS, requests: logins.take(ACCOUNTS_PER_ROUND), seconds });
  const rounds = await alternate(LOGIN_SECONDS, compareBare, login);
  printTable('what', [
    { name: 'login', rounds },
    { name: 'refresh', rounds: await alternate(REFRESH_SECONDS, refresh(limit), refresh(atrium)) },
  ]);
  // By what a comparison takes of a core, which other work on this machine hardly changes.
  const capacity = (coresOfServer * 1_000_000) / median(rounds.map((round) => round.limit.processorTime));
  await flood(atrium, capacity, logins.take(ACCOUNTS_OF_FLOOD));
  printMachine();
}

onStage(SETTINGS, compare).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
