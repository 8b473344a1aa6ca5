import type { Round } from './measure';

const ROUNDS = 3;
const WARM_UP_SECONDS = 3;

/** The limit and the platform, measured one right after the other. */
export interface Pair {
  readonly limit: Round;
  readonly atrium: Round;
}

/** Measures both in turn, after a warm-up, so that whatever else the machine does meets both alike. */
export async function alternate(
  seconds: number,
  limit: (seconds: number) => Promise<Round>,
  atrium: (seconds: number) => Promise<Round>,
): Promise<Pair[]> {
  for (const warmUp of [limit, atrium]) await warmUp(WARM_UP_SECONDS);
  const rounds: Pair[] = [];
  while (rounds.length < ROUNDS) rounds.push({ limit: await limit(seconds), atrium: await atrium(seconds) });
  return rounds;
}
