import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Load, Measured } from './load';
import type { Server } from './Server';

export interface Round extends Measured {
  /** Microseconds of processor time that the server spent on a request. */
  readonly processorTime: number;
}

/** Puts a server under load for some seconds, from a process of its own. */
export async function measure(server: Server, load: Omit<Load, 'port'>): Promise<Round> {
  const before = server.processorTime();
  const generator = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'load.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  generator.stdin.end(JSON.stringify({ ...load, port: server.port } satisfies Load));
  const measured = JSON.parse(await text(generator.stdout)) as Measured;
  if (measured.failures > 0) throw new Error(`${measured.failures} answers were not 200.`);
  return { ...measured, processorTime: (server.processorTime() - before) / measured.requests };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
