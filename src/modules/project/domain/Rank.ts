import { randomInt } from 'node:crypto';
import type { Brand } from '../../../core/domain/Brand';
import { ValidationError } from '../../../core/errors/ValidationError';

/**
 * Where a task stands among those of its status. Ranks are fractions in base 62, without a zero at their end, and compare
 * byte by byte; between any two there is a third, so that moving a task changes no other (David Greenspan, "Implementing
 * Fractional Indexing"). They end at random, so that two people who move to the same place at a time get two ranks.
 */
export type Rank = Brand<string, 'Rank'>;

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = DIGITS.length;

/** The digits that hold milliseconds since 1970, until the year 2081. */
const WHOLE = 7;
/** Those behind them, in ranks that are new. */
const SEQUENCE = 2;

/** @throws ValidationError for what is none */
export function Rank(raw: string): Rank {
  if (!/^[0-9A-Za-z]*[1-9A-Za-z]$/.test(raw)) throw ValidationError.field('rank', 'rank must be digits of base 62.');
  return raw as Rank;
}

let lastMoment = 0;
let sequence = 0;

/**
 * Behind all that were there before: the moment itself, so that nobody has to be asked which one is the last. Those that
 * one process makes in the same millisecond are in the order of their making.
 */
export function newRank(now: Date): Rank {
  const moment = now.getTime();
  sequence = moment === lastMoment ? (sequence + 1) % BASE ** SEQUENCE : 0;
  lastMoment = moment;
  return `${digits(moment, WHOLE)}${digits(sequence, SEQUENCE)}${anyDigits()}` as Rank;
}

/** Behind `above` and before `below`, which is greater; null is where there is nobody. */
export function rankBetween(above: Rank | null, below: Rank | null, now: Date): Rank {
  if (below === null) return atMoment(Math.max(now.getTime(), above === null ? 0 : wholeOf(above) + 1));
  if (above === null && wholeOf(below) > 0) return atMoment(wholeOf(below) - 1);
  return within(above ?? '', below);
}

/** As far as the two are alike, a digit between those in which they differ, and something that nobody else has. */
function within(above: string, below: string): Rank {
  let shared = '';
  let bounded = true;
  for (let at = 0; ; at += 1) {
    const low = digitAt(above, at);
    const high: number = bounded ? digitAt(below, at) : BASE;
    if (high - low > 1) return `${shared}${DIGITS.charAt(low + randomInt(1, high - low))}${anyDigits()}` as Rank;
    shared += DIGITS.charAt(low);
    bounded &&= high === low;
  }
}

function atMoment(milliseconds: number): Rank {
  return `${digits(milliseconds, WHOLE)}${anyDigits()}` as Rank;
}

/** A number in so many digits. */
function digits(number: number, length: number): string {
  let written = '';
  for (let rest = number; written.length < length; rest = Math.floor(rest / BASE)) {
    written = DIGITS.charAt(rest % BASE) + written;
  }
  return written;
}

const digitAt = (rank: string, at: number): number => (at < rank.length ? DIGITS.indexOf(rank.charAt(at)) : 0);
const anyDigits = (): string => [0, 0, 1].map((least) => DIGITS.charAt(randomInt(least, BASE))).join('');

const wholeOf = (rank: Rank): number =>
  Array.from({ length: WHOLE }, (_, at) => digitAt(rank, at)).reduce((whole, digit) => whole * BASE + digit, 0);
