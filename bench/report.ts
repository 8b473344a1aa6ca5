import { cpus } from 'node:os';
import { cores, pinning } from './cores';
import type { Pair } from './alternate';
import type { Round } from './measure';
import { median } from './statistics';

interface Level {
  readonly name: string | number;
  readonly rounds: readonly Pair[];
}

export const decimals = (value: number, digits = 0): string => (Number.isFinite(value) ? value.toFixed(digits) : '–');

function row(level: Level['name'], server: string, rounds: readonly Round[]): string {
  const middle = (figure: (round: Round) => number, digits = 0): string => decimals(median(rounds.map(figure)), digits);
  const figures = [
    middle(
      ({ requestsPerSecond }) => requestsPerSecond,
      rounds.some(({ requestsPerSecond }) => requestsPerSecond < 100) ? 2 : 0,
    ),
    middle(({ p50 }) => p50, 1),
    middle(({ p99 }) => p99, 1),
    middle(({ processorTime }) => processorTime),
  ];
  return `| ${level} | ${server} | ${figures.join(' | ')} |`;
}

/**
 * Medians of all rounds as a Markdown table; the ratios are those of the limit and Atrium in the same round.
 * @param what the levels differ in
 */
export function printTable(what: string, levels: readonly Level[]): void {
  console.log(`| ${what} | server | requests/s | p50 ms | p99 ms | µs of CPU per request |`);
  console.log('|---|---|---|---|---|---|');
  for (const { name, rounds } of levels) {
    console.log(
      row(
        name,
        'limit',
        rounds.map(({ limit }) => limit),
      ),
    );
    console.log(
      row(
        name,
        'Atrium',
        rounds.map(({ atrium }) => atrium),
      ),
    );
    const throughput = median(rounds.map(({ limit, atrium }) => atrium.requestsPerSecond / limit.requestsPerSecond));
    const economy = median(rounds.map(({ limit, atrium }) => limit.processorTime / atrium.processorTime));
    console.log(`| ${name} | **ratio** | **${decimals(throughput, 2)}** | | | **${decimals(economy, 2)}** |`);
  }
}

export function printMemory(idle: number, loaded: number): void {
  console.log(`\nMemory of Atrium: ${decimals(idle)} MiB idle, ${decimals(loaded)} MiB after 1,000 connections.`);
}

export function printMachine(): void {
  const { model = 'unknown processor' } = cpus()[0] ?? {};
  const place = `${cores} cores${pinning ? ', the server alone on the first' : ''}`;
  console.log(`${model.trim()}, ${place}; Node.js ${process.version}.`);
}
