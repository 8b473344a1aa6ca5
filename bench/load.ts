import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { percentile } from './statistics';

interface Work {
  readonly port: number;
  readonly seconds: number;
  /** Whole HTTP requests. */
  readonly requests: readonly string[];
}

/** So many connections share out the requests and repeat theirs, one after the other, each as soon as it is answered. */
export interface Load extends Work {
  readonly connections: number;
  /** A pattern: what an answer holds of it takes the place of the same in its request, which goes on from there. */
  readonly carry?: string;
}

/** So many requests begin in a second, each on a connection of its own, however many are still unanswered. */
export interface Arrivals extends Work {
  readonly perSecond: number;
}

export interface Measured {
  /** Answers with 200 or 201; the figures that follow are theirs. */
  readonly requests: number;
  readonly requestsPerSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Answers with 503, and the milliseconds within which 99 % of them came. */
  readonly refusals: number;
  readonly refusalP99: number;
  /** Other answers. */
  readonly failures: number;
}

/** Milliseconds from each request to its answer, by what that was. */
interface Latencies {
  readonly served: number[];
  readonly refused: number[];
  readonly failed: number[];
}

const END_OF_HEAD = '\r\n\r\n';

/** The length of an answer, head and body; infinite as long as its head is not complete. */
function lengthOf(answer: string): number {
  const endOfHead = answer.indexOf(END_OF_HEAD);
  if (endOfHead === -1) return Infinity;
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(answer) ?? [];
  if (length === undefined) throw new Error(`There is no Content-Length in: ${answer}`);
  return endOfHead + END_OF_HEAD.length + Number(length);
}

interface Conversation {
  readonly port: number;
  readonly share: readonly string[];
  readonly carry?: RegExp | undefined;
  /** On the clock of `performance.now()`; at least one request is sent. */
  readonly endsAt: number;
}

function listFor(answer: string, { served, refused, failed }: Latencies): number[] {
  if (/^HTTP\/1\.1 20[01] /.test(answer)) return served;
  return answer.startsWith('HTTP/1.1 503 ') ? refused : failed;
}

/**
 * One connection that is kept alive and asks one thing at a time. A plain socket, because a real HTTP client would take
 * more of the processor than the servers under test.
 */
function converse({ port, share, carry, endsAt }: Conversation, latencies: Latencies): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1').setNoDelay().setEncoding('latin1');
    const requests = [...share];
    let turn = 0;
    let sentAt = 0;
    let answer = '';
    const send = (): void => {
      sentAt = performance.now();
      socket.write(requests[turn] ?? '', 'latin1');
    };
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('end', () => reject(new Error('The server closed a connection that waited for its answer.')));
    socket.on('data', (chunk: string) => {
      answer += chunk;
      if (answer.length < lengthOf(answer)) return;
      const now = performance.now();
      listFor(answer, latencies).push(now - sentAt);
      const [carried] = carry?.exec(answer) ?? [];
      if (carry && carried) requests[turn] = (requests[turn] ?? '').replace(carry, carried);
      answer = '';
      turn = (turn + 1) % requests.length;
      if (now < endsAt) send();
      else {
        resolve();
        socket.end();
      }
    });
  });
}

async function keepAsking({ port, connections, seconds, requests, carry }: Load, latencies: Latencies): Promise<void> {
  const endsAt = performance.now() + seconds * 1000;
  await Promise.all(
    Array.from({ length: connections }, (_, index) => {
      const share = requests.filter((_request, position) => position % connections === index);
      return converse({ port, share, endsAt, carry: carry === undefined ? carry : new RegExp(carry) }, latencies);
    }),
  );
}

async function arrive({ port, perSecond, seconds, requests }: Arrivals, latencies: Latencies): Promise<void> {
  const startedAt = performance.now();
  const conversations: Promise<void>[] = [];
  for (let count = 0; count < perSecond * seconds; count += 1) {
    await pause(startedAt + (count * 1000) / perSecond - performance.now());
    const share = [requests[count % requests.length] ?? ''];
    conversations.push(converse({ port, share, endsAt: 0 }, latencies));
  }
  await Promise.all(conversations);
}

async function run(load: Load | Arrivals): Promise<Measured> {
  const latencies: Latencies = { served: [], refused: [], failed: [] };
  const startedAt = performance.now();
  await ('connections' in load ? keepAsking(load, latencies) : arrive(load, latencies));
  const elapsed = (performance.now() - startedAt) / 1000;
  const { served, refused, failed } = latencies;
  return {
    requests: served.length,
    requestsPerSecond: served.length / elapsed,
    p50: percentile(served, 0.5),
    p99: percentile(served, 0.99),
    refusals: refused.length,
    refusalP99: percentile(refused, 0.99),
    failures: failed.length,
  };
}

async function main(): Promise<void> {
  const load = JSON.parse(await text(process.stdin)) as Load | Arrivals;
  process.stdout.write(JSON.stringify(await run(load)));
}

void main();
