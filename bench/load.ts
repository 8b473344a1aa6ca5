import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Load {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  /** Whole HTTP requests; they are shared out among the connections, which repeat theirs one after the other. */
  readonly requests: readonly string[];
}

export interface Measured {
  readonly requests: number;
  readonly requestsPerSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Answers other than 200. */
  readonly failures: number;
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

/**
 * One connection that is kept alive and asks one thing at a time. A plain socket, because a real HTTP client would take
 * more of the processor than the servers under test.
 */
function converse(port: number, share: readonly string[], endsAt: number, latencies: number[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1').setNoDelay().setEncoding('latin1');
    let turn = 0;
    let failures = 0;
    let sentAt = 0;
    let answer = '';
    const send = (): void => {
      sentAt = performance.now();
      socket.write(share[turn % share.length] ?? '', 'latin1');
      turn += 1;
    };
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('close', () => resolve(failures));
    socket.on('data', (chunk: string) => {
      answer += chunk;
      if (answer.length < lengthOf(answer)) return;
      const now = performance.now();
      latencies.push(now - sentAt);
      if (!answer.startsWith('HTTP/1.1 200 ')) failures += 1;
      answer = '';
      if (now < endsAt) send();
      else socket.end();
    });
  });
}

async function run({ port, connections, seconds, requests }: Load): Promise<Measured> {
  const latencies: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  const failures = await Promise.all(
    Array.from({ length: connections }, (_, index) => {
      const share = requests.filter((_request, position) => position % connections === index);
      return converse(port, share, endsAt, latencies);
    }),
  );
  const elapsed = (performance.now() - startedAt) / 1000;
  latencies.sort((left, right) => left - right);
  const percentile = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? NaN;
  return {
    requests: latencies.length,
    requestsPerSecond: latencies.length / elapsed,
    p50: percentile(0.5),
    p99: percentile(0.99),
    failures: failures.reduce((sum, each) => sum + each, 0),
  };
}

async function main(): Promise<void> {
  const load = JSON.parse(await text(process.stdin)) as Load;
  process.stdout.write(JSON.stringify(await run(load)));
}

void main();
