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
const PEOPLE = { workspaces: 100, members: 10 };
const CONNECTIONS = [50, 1_000];
const ROUNDS = 5;
const ROUND_SECONDS = 1.5;
/** So many requests it takes until what they need is compiled well: a write is not run often enough to go by seconds. */
const WARM_UP_REQUESTS = 4_000;

interface Case {
  readonly operation: Operation;
  readonly name: string;
  readonly goal: string;
  /** `CONNECTIONS` without. */
  readonly connections?: readonly number[];
}

/** What is measured, and the least share of the limit that is asked of Atrium. Nothing happens before the first list. */
const CASES: readonly Case[] = [
  { operation: 'list', name: 'list of 20', goal: '≥ 0.6' },
  { operation: 'get', name: 'get', goal: '≥ 0.6' },
  { operation: 'change', name: 'change', goal: '≥ 0.5' },
  { operation: 'create', name: 'create', goal: '≥ 0.5' },
  { operation: 'list', name: 'list of 20, kept', goal: '', connections: [50] },
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
/** Atrium lets nobody wait for a connection of the database longer than some seconds. */
let refused = 0;

function ask(
  server: Server,
  { requests }: Place,
  { operation }: Case,
  connections: number,
  seconds: number,
): Promise<Round> {
  turn += 1;
  const load = { connections, requests: requests(operation, turn), seconds };
  return measure(server, load, (refusals) => {
    refused += refusals;
  });
}

async function warmUp(place: Place, each: Case): Promise<void> {
  const [connections = 0] = CONNECTIONS;
  for (const server of [place.limit, place.stage.atrium]) {
    let served = 0;
    while (served < WARM_UP_REQUESTS) served += (await ask(server, place, each, connections, ROUND_SECONDS)).requests;
  }
}

/** The places in turn, again and again, so that whatever else the machine does meets all alike. */
async function compare(places: readonly Place[], each: Case, connections: number): Promise<Pair[][]> {
  const rounds: Pair[][] = places.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, place] of places.entries()) {
      const play = (server: Server): Promise<Round> => ask(server, place, each, connections, ROUND_SECONDS);
      rounds[index]?.push({ limit: await play(place.limit), atrium: await play(place.stage.atrium) });
    }
  }
  return rounds;
}

const count = (number: number): string => number.toLocaleString('en');

/** What a server does where there are a hundred times as many tasks, as a share of what it does where there are few. */
function growth([few = [], many = []]: readonly Pair[][], server: keyof Pair): string {
  const perSecond = (pair: Pair | undefined): number => pair?.[server].requestsPerSecond ?? NaN;
  return decimals(median(many.map((pair, index) => perSecond(pair) / perSecond(few[index]))), 2);
}

async function measureAll(places: readonly Place[]): Promise<void> {
  const grown: string[] = [];
  printHead();
  for (const each of CASES) {
    const { name, goal } = each;
    for (const place of places) await warmUp(place, each);
    for (const connections of each.connections ?? CONNECTIONS) {
      const rounds = await compare(places, each, connections);
      for (const [index, { tasks }] of places.entries()) {
        const of = `${name}, ${count(tasks)} tasks, ${count(connections)} connections`;
        const pairs = rounds[index] ?? [];
        printLine(line(`${of}: requests/s`, pairs, ({ requestsPerSecond }) => requestsPerSecond, goal));
        printLine(line(`${of}: p99 ms`, pairs, ({ p99 }) => p99, '', 1));
        printLine(line(`${of}: µs of CPU`, pairs, ({ processorTime }) => processorTime, ''));
      }
      const shares = `${growth(rounds, 'limit')} | **${growth(rounds, 'atrium')}**`;
      grown.push(`| ${name}, ${count(connections)} connections | ${shares} | ≥ 0.85 |`);
    }
  }
  console.log('\n| requests/s with 1,000,000 tasks, as a share of 10,000 | limit | Atrium | goal |\n|---|---|---|---|');
  for (const row of grown) console.log(row);
  if (refused > 0) console.log(`\n${count(refused)} requests waited too long, and were answered with 503.`);
}

async function run(places: readonly Place[]): Promise<void> {
  const next = TASKS[places.length];
  if (next !== undefined) {
    await onStage(SETTINGS, async (stage) => run([...places, await prepare(next, stage)]));
    return;
  }
  console.log('Measuring for six minutes …\n');
  await measureAll(places);
  printMachine();
}

run([]).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
