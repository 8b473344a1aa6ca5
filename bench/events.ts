import 'reflect-metadata';
import { join } from 'node:path';
import { alternate } from './alternate';
import { Audience } from './events/Audience';
import { inBursts, paced, type Hall } from './events/beats';
import { commitToClient } from './events/commitToClient';
import { accessTokens, renames } from './events/renames';
import { strikesByRequest, strikesInLog } from './events/strikes';
import { line, printHead, printLine } from './events/table';
import { compareWrites } from './events/writes';
import type { Round } from './measure';
import { printMachine } from './report';
import type { Server } from './Server';
import { onStage, type Stage } from './stage';
import { populate } from './tenancy/populate';

const ROOMS = { workspaces: 10, members: 100, callers: 1_000 };
const ROUND_SECONDS = 6;
const BEATS_PER_SECOND = 10;

const WRITES_PER_SECOND = 200;
const NAMES = 1_000;

const NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --require=${join(__dirname, 'events/collectOnSignal.cjs')}`;
/** A limit that counts every request and stops none. */
const SETTINGS = { RATE_LIMIT_USER_MAX_REQUESTS: '1000000000', NODE_OPTIONS };

type Gather = (server: Server) => Promise<Audience>;

/**
 * Connects everybody, for the second time: what it takes to let so many in is there already.
 * @returns them, and the KiB of memory that each of them takes of the server
 */
async function crowd(server: Server, people: number, gather: Gather): Promise<[Audience, number]> {
  (await gather(server)).leave();
  await server.collectGarbage();
  const before = server.memory();
  const audience = await gather(server);
  await server.collectGarbage();
  return [audience, ((server.memory() - before) * 1024) / people];
}

/** What is told in rooms of a hundred, by both at once as much and then as often. */
async function compareRooms(limit: Hall, atrium: Hall): Promise<void> {
  const both = (play: (hall: Hall, seconds: number) => Promise<Round>) =>
    alternate(
      ROUND_SECONDS,
      (seconds) => play(limit, seconds),
      (seconds) => play(atrium, seconds),
    );
  const bursts = await both(inBursts);
  printLine(line('messages/s to 1,000 sockets', bursts, ({ requestsPerSecond }) => requestsPerSecond, '≥ 0.8'));
  printLine(line('µs of CPU per message', bursts, ({ processorTime }) => processorTime, '', 1));
  const beats = await both((hall, seconds) => paced(hall, BEATS_PER_SECOND, seconds));
  printLine(line('µs of CPU per message, 10,000/s', beats, ({ processorTime }) => processorTime, '', 1));
  printLine(line('p50 ms to a client', beats, ({ p50 }) => p50, '', 1));
  printLine(line('p99 ms to a client', beats, ({ p99 }) => p99, '≤ 1.25', 1));
}

async function compare(stage: Stage): Promise<void> {
  const { adminUrl, atrium, secret } = stage;
  const people = await populate(adminUrl, ROOMS);
  const bare = await stage.startLimit(join(__dirname, 'events/bare.ts'), { NODE_OPTIONS });
  console.log('Measuring for four minutes …\n');
  printHead();

  const tokenOf = accessTokens(secret);
  const gather: Gather = ({ port }) => Audience.gather(port, people, tokenOf);
  const [bareAudience, bareMemory] = await crowd(bare, people.length, gather);
  const [audience, memory] = await crowd(atrium, people.length, gather);
  const ratio = memory / bareMemory;
  printLine({ name: 'KiB of memory per connection', limit: bareMemory, atrium: memory, ratio, goal: '≤ 1.3' });

  const workspaces = [...new Set(people.map(({ workspaceId }) => workspaceId))];
  const rooms = { workspaces, listeners: people.length };
  const [byRequest, inLog] = [strikesByRequest(bare.port), await strikesInLog(adminUrl)];
  await compareRooms(
    { server: bare, audience: bareAudience, strike: byRequest.strike, ...rooms },
    { server: atrium, audience, strike: inLog.strike, ...rooms },
  );
  byRequest.end();
  await inLog.end();
  bareAudience.leave();

  const writes = await compareWrites(stage);
  printLine(line('writes/s', writes, ({ requestsPerSecond }) => requestsPerSecond, '≥ 0.5'));
  printLine(line('µs of CPU per write', writes, ({ processorTime }) => processorTime, ''));

  const requests = renames(people.slice(0, ROOMS.workspaces), NAMES, tokenOf);
  const heard = { requests, perSecond: WRITES_PER_SECOND, listeners: ROOMS.members };
  const { p50, p99 } = await commitToClient(atrium, audience, heard);
  printLine({ name: 'p50 ms from commit to client', atrium: p50, goal: '' });
  printLine({ name: `p99 ms from commit to client, ${WRITES_PER_SECOND} writes/s`, atrium: p99, goal: '< 100' });
  audience.leave();
  printMachine();
}

onStage(SETTINGS, compare).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
