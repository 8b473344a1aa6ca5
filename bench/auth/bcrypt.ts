import { availableParallelism } from 'node:os';
import { compare, hash } from 'bcrypt';
import type { Round } from '../measure';
import { percentile } from '../statistics';

const PASSWORD = 'correct horse battery staple';

/** Compares for some seconds at a cost and does nothing else, as many at a time as the platform does. */
async function run(seconds: number, cost: number): Promise<Round> {
  const known = await hash(PASSWORD, cost);
  const latencies: number[] = [];
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const keepComparing = async (): Promise<void> => {
    while (performance.now() < startedAt + seconds * 1000) {
      const begunAt = performance.now();
      await compare(PASSWORD, known);
      latencies.push(performance.now() - begunAt);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, keepComparing));
  const elapsed = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(before);
  return {
    requests: latencies.length,
    requestsPerSecond: latencies.length / elapsed,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    processorTime: (user + system) / latencies.length,
  };
}

async function main(): Promise<void> {
  const [seconds = NaN, cost = NaN] = process.argv.slice(2).map(Number);
  process.stdout.write(JSON.stringify(await run(seconds, cost)));
}

void main();
