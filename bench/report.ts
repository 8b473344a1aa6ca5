import { cpus } from 'node:os';
import { cores, pinning } from './cores';
import { median, type Round } from './measure';

interface Level {
  readonly connections: number;
  readonly rounds: readonly { readonly limit: Round; readonly atrium: Round }[];
}

const decimals = (value: number, digits: number): string => (Number.isFinite(value) ? value.toFixed(digits) : '–');

function row(connections: number, name: string, rounds: readonly Round[]): string {
  const middle = (figure: (round: Round) => number, digits = 0): string => decimals(median(rounds.map(figure)), digits);
  const figures = [
    middle(({ requestsPerSecond }) => requestsPerSecond),
    middle(({ p50 }) => p50, 1),
    middle(({ p99 }) => p99, 1),
    middle(({ processorTime }) => processorTime),
  ];
  return `| ${connections} | ${name} | ${figures.join(' | ')} |`;
}

/** Medians of all rounds as a Markdown table; the ratios are those of the limit and Atrium in the same round. */
export function printTable(levels: readonly Level[]): void {
  console.log('| connections | server | requests/s | p50 ms | p99 ms | µs of CPU per request |');
  console.log('|---|---|---|---|---|---|');
  for (const { connections, rounds } of levels) {
    console.log(
      row(
        connections,
        'limit',
        rounds.map(({ limit }) => limit),
      ),
    );
    console.log(
      row(
        connections,
        'Atrium',
        rounds.map(({ atrium }) => atrium),
      ),
    );
    const throughput = median(rounds.map(({ limit, atrium }) => atrium.requestsPerSecond / limit.requestsPerSecond));
    const economy = median(rounds.map(({ limit, atrium }) => limit.processorTime / atrium.processorTime));
    console.log(`| ${connections} | **ratio** | **${decimals(throughput, 2)}** | | | **${decimals(economy, 2)}** |`);
  }
}

export function printMachine(memory: { readonly idle: number; readonly loaded: number }): void {
  const { model = 'unknown processor' } = cpus()[0] ?? {};
  console.log(`
Memory of Atrium: ${decimals(memory.idle, 0)} MiB idle, ${decimals(memory.loaded, 0)} MiB after 1,000 connections.
${model.trim()}, ${cores} cores${pinning ? ', the server alone on the first' : ''}; Node.js ${process.version}.`);
}
