import 'reflect-metadata';
import { join } from 'node:path';
import { JwtAccessTokens } from '../src/modules/auth/infrastructure/JwtAccessTokens';
import { TokenKeys } from '../src/modules/auth/infrastructure/TokenKeys';
import { alternate } from './alternate';
import { measure, type Round } from './measure';
import { decimals, printMachine } from './report';
import type { Caller } from './seed';
import { onStage, type Stage } from './stage';
import { median } from './statistics';
import { populate, type Population } from './tenancy/populate';

const POPULATIONS: readonly Population[] = [
  { workspaces: 10, members: 20 },
  { workspaces: 10_000, members: 20 },
  { workspaces: 1, members: 100_000 },
];
const ROUTES: readonly ((workspaceId: string) => string)[] = [() => '/users', (id) => `/workspaces/${id}`];

const ROUNDS = 8;
const ROUND_SECONDS = 3;
const CONNECTIONS = 50;

/** A limit that counts every request and stops none. */
const SETTINGS = { RATE_LIMIT_USER_MAX_REQUESTS: '1000000000' };

interface Place {
  readonly population: Population;
  readonly stage: Stage;
  readonly callers: readonly Caller[];
}

function requestsOf({ stage, callers }: Pick<Place, 'stage' | 'callers'>, path: (workspaceId: string) => string) {
  const keys = new TokenKeys({ secret: stage.secret, privateKey: null, otherPublicKeys: [] });
  const tokens = new JwtAccessTokens(keys, { expiresInSeconds: 3600 });
  return callers.map(({ workspaceId, ...claims }) => {
    const lines = [
      `GET /api/v1${path(workspaceId)} HTTP/1.1`,
      'Host: 127.0.0.1',
      `X-Workspace-Id: ${workspaceId}`,
      `Authorization: Bearer ${tokens.issue(claims)}`,
    ];
    return `${lines.join('\r\n')}\r\n\r\n`;
  });
}

/** Each population in turn, again and again, so that whatever else the machine does meets all alike. */
async function compare(places: readonly Place[], path: (workspaceId: string) => string): Promise<Round[][]> {
  const ask = (place: Place, seconds: number): Promise<Round> =>
    measure(place.stage.atrium, { connections: CONNECTIONS, requests: requestsOf(place, path), seconds });
  for (const place of places) await ask(place, ROUND_SECONDS);
  const rounds: Round[][] = places.map(() => []);
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    for (const [index, place] of places.entries()) rounds[index]?.push(await ask(place, ROUND_SECONDS));
  }
  return rounds;
}

function printRoute(name: string, places: readonly Place[], rounds: readonly (readonly Round[])[]): void {
  const middle = (index: number, figure: (round: Round) => number): number => median((rounds[index] ?? []).map(figure));
  for (const [index, { population }] of places.entries()) {
    const { workspaces, members } = population;
    const perSecond = middle(index, ({ requestsPerSecond }) => requestsPerSecond);
    const figures = [
      decimals(perSecond),
      decimals(perSecond / middle(0, ({ requestsPerSecond }) => requestsPerSecond), 2),
      decimals(
        middle(index, ({ p99 }) => p99),
        1,
      ),
      decimals(middle(index, ({ processorTime }) => processorTime)),
    ];
    console.log(`| \`GET ${name}\` | ${workspaces} of ${members} | ${figures.join(' | ')} |`);
  }
}

/** What asking for a permission adds to a request that does nothing else. */
async function printPermissionCheck({ stage, callers }: Place): Promise<void> {
  const server = await stage.startLimit(join(__dirname, 'tenancy/probe.ts'), {
    ...SETTINGS,
    SMTP_URL: 'smtp://127.0.0.1:9',
    EMAIL_FROM: 'atrium@example.com',
    FRONTEND_URL: 'https://app.example.com',
    HOST: '127.0.0.1',
  });
  const ask = (path: string) => (seconds: number) =>
    measure(server, { connections: CONNECTIONS, requests: requestsOf({ stage, callers }, () => path), seconds });
  const pairs = await alternate(ROUND_SECONDS, ask('/probe/member'), ask('/probe/permission'));
  const added = median(pairs.map(({ limit, atrium }) => atrium.processorTime / limit.processorTime)) - 1;
  console.log(`\nA permission check adds ${decimals(added * 100, 1)} % of CPU to a request that does nothing else.`);
}

async function run(places: readonly Place[]): Promise<void> {
  const next = POPULATIONS[places.length];
  if (next) {
    await onStage(SETTINGS, async (stage) => {
      await run([...places, { population: next, stage, callers: await populate(stage.adminUrl, next) }]);
    });
    return;
  }
  console.log('Measuring for three minutes …\n');
  console.log('| route | workspaces of members | requests/s | ratio | p99 ms | µs of CPU per request |');
  console.log('|---|---|---|---|---|---|');
  for (const route of ROUTES) printRoute(route(':id'), places, await compare(places, route));
  if (places[0]) await printPermissionCheck(places[0]);
  printMachine();
}

run([]).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
