import 'reflect-metadata';
import { join } from 'node:path';
import type { Pair } from './alternate';
import { line, printHead, printLine } from './events/table';
import { measure, type Round } from './measure';
import { decimals, printMachine } from './report';
import type { Server } from './Server';
import { onStage, type Stage } from './stage';
import { median } from './statistics';
import { populate } from './tenancy/populate';
import { REQUESTS, requestsFor, type Operation } from './tasks/requests';
import { seedTasks } from './tasks/seedTasks';

const TASKS = [10_000, 1_000_000];
const PEOPLE = { workspaces: 100, members: 10, callers: 1_000 };
const CONNECTIONS = [50, 1_000];
const ROUNDS = 3;
const ROUND_SECONDS = 1.5;

/** What is measured, and the least share of the limit that is asked of Atrium. Nothing happens before the first list. */
const CASES: readonly { operation: Operation; name: string; goal: string }[] = [
  { operation: 'list', name: 'list of 20', goal: '≥ 0.6' },
  { operation: 'get', name: 'get', goal: '≥ 0.6' },
  { operation: 'change', name: 'change', goal: '≥ 0.5' },
  { operation: 'create', name: 'create', goal: '≥ 0.5' },
  { operation: 'list', name: 'list of 20, kept', goal: '' },
];

/** A limit that counts every request and stops none. */
const SETTINGS = { RATE_LIMIT_USER_MAX_REQUESTS: '1000000000' };

interface Place {
  readonly tasks: number;
  readonly stage: Stage;
  readonly limit: Server;
  readonly requests: (operation: Operation, turn: number) => string[];
}

async function prepare(tasks: number, stage: Stage): Promise<Place> {
  const callers = await populate(stage.adminUrl, PEOPLE);
  const todos = await seedTasks(stage.adminUrl, tasks, REQUESTS);
  const limit = await stage.startLimit(join(__dirname, 'tasks/limit.ts'));
  return { tasks, stage, limit, requests: requestsFor(stage, callers, todos) };
}

let turn = 0;

/** Both servers of a place, one right after the other. */
async function play({ stage, limit, requests }: Place, operation: Operation, connections: number): Promise<Pair> {
  const ask = (server: Server): Promise<Round> => {
    turn += 1;
    return measure(server, { connections, requests: requests(operation, turn), seconds: ROUND_SECONDS });
  };
  return { limit: await ask(limit), atrium: await ask(stage.atrium) };
}

/** The places in turn, again and again, after a warm-up, so that whatever else the machine does meets all alike. */
async function compare(places: readonly Place[], operation: Operation, connections: number): Promise<Pair[][]> {
  const rounds: Pair[][] = places.map(() => []);
  for (const place of places) await play(place, operation, connections);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, place] of places.entries()) rounds[index]?.push(await play(place, operation, connections));
  }
  return rounds;
}

const count = (number: number): string => number.toLocaleString('en');

/** What Atrium is left with where there are a hundred times as many tasks, of what it does where there are few. */
function growth([few = [], many = []]: readonly Pair[][]): number {
  return median(
    many.map(({ atrium }, index) => atrium.requestsPerSecond / (few[index]?.atrium.requestsPerSecond ?? NaN)),
  );
}

async function measureAll(places: readonly Place[]): Promise<void> {
  const grown: string[] = [];
  printHead();
  for (const { operation, name, goal } of CASES) {
    for (const connections of CONNECTIONS) {
      const rounds = await compare(places, operation, connections);
      for (const [index, { tasks }] of places.entries()) {
        const of = `${name}, ${count(tasks)} tasks, ${count(connections)} connections`;
        const pairs = rounds[index] ?? [];
        printLine(line(`${of}: requests/s`, pairs, ({ requestsPerSecond }) => requestsPerSecond, goal));
        printLine(line(`${of}: p99 ms`, pairs, ({ p99 }) => p99, '', 1));
        printLine(line(`${of}: µs of CPU`, pairs, ({ processorTime }) => processorTime, ''));
      }
      grown.push(`| ${name} | ${count(connections)} | **${decimals(growth(rounds), 2)}** | ≥ 0.85 |`);
    }
  }
  console.log(
    '\n| what | connections | requests/s with 1,000,000 tasks, of those with 10,000 | goal |\n|---|---|---|---|',
  );
  for (const row of grown) console.log(row);
}

async function run(places: readonly Place[]): Promise<void> {
  const next = TASKS[places.length];
  if (next !== undefined) {
    await onStage(SETTINGS, async (stage) => run([...places, await prepare(next, stage)]));
    return;
  }
  console.log('Measuring for four minutes …\n');
  await measureAll(places);
  printMachine();
}

run([]).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
