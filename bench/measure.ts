import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Arrivals, Load, Measured } from './load';
import type { Server } from './Server';

export interface Round extends Pick<Measured, 'requests' | 'requestsPerSecond' | 'p50' | 'p99'> {
  /** Microseconds of processor time that the server spent on a request. */
  readonly processorTime: number;
}

/** Puts a server under load for some seconds, from a process of its own. @throws Error at an answer that is not 200, 201 or 503 */
export async function press({ port }: Server, work: Omit<Load, 'port'> | Omit<Arrivals, 'port'>): Promise<Measured> {
  const generator = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'load.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  generator.stdin.end(JSON.stringify({ ...work, port }));
  const measured = JSON.parse(await text(generator.stdout)) as Measured;
  if (measured.failures > 0) throw new Error(`${measured.failures} answers were neither 200, 201 nor 503.`);
  return measured;
}

function neverRefused(refusals: number): void {
  throw new Error(`${refusals} answers were 503.`);
}

/**
 * What a server makes of a load that it has to bear.
 * @param onRefusals told how many answers were 503, if any: an error unless a server may turn away what waits too long
 * @throws Error at an answer that is neither 200 nor 201
 */
export async function measure(
  server: Server,
  load: Omit<Load, 'port'>,
  onRefusals: (refusals: number) => void = neverRefused,
): Promise<Round> {
  const before = server.processorTime();
  const measured = await press(server, load);
  if (measured.refusals > 0) onRefusals(measured.refusals);
  return { ...measured, processorTime: (server.processorTime() - before) / measured.requests };
}
