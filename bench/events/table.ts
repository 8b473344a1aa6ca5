import type { Pair } from '../alternate';
import type { Round } from '../measure';
import { decimals } from '../report';
import { median } from '../statistics';

/** One line: what is measured of the limit and of Atrium, where there is a limit, and what is asked of it. */
export interface Line {
  readonly name: string;
  readonly limit?: number;
  readonly atrium: number;
  readonly ratio?: number;
  readonly digits?: number;
  readonly goal: string;
}

/** A figure of all rounds: medians, the ratio being that of the limit and Atrium in the same round. */
export function line(
  name: string,
  rounds: readonly Pair[],
  figure: (round: Round) => number,
  goal: string,
  digits = 0,
): Line {
  return {
    name,
    limit: median(rounds.map(({ limit }) => figure(limit))),
    atrium: median(rounds.map(({ atrium }) => figure(atrium))),
    ratio: median(rounds.map(({ limit, atrium }) => figure(atrium) / figure(limit))),
    digits,
    goal,
  };
}

export function printHead(): void {
  console.log('| what | limit | Atrium | ratio | goal |');
  console.log('|---|---|---|---|---|');
}

export function printLine({ name, limit = NaN, atrium, ratio = NaN, digits = 0, goal }: Line): void {
  const figures = [decimals(limit, digits), decimals(atrium, digits), `**${decimals(ratio, 2)}**`];
  console.log(`| ${name} | ${figures.join(' | ')} | ${goal} |`);
}
