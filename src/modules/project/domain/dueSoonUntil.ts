import { momentOf, wallClock } from '../../../core/domain/wallClock';

/** From this hour on it is told what is due on the next day. */
const HOUR = 8;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Longer than this before it is due nothing is due soon, wherever, in milliseconds: two days, one of 25 hours. */
export const DUE_SOON_MS = 49 * HOUR_MS;

/**
 * What is due before this moment is due soon: what is due today, and from eight in the morning on what is due tomorrow,
 * by the days of a time zone.
 */
export function dueSoonUntil(now: Date, timezone: string): Date {
  const wall = wallClock(now.getTime(), timezone);
  const sinceMidnight = wall % DAY_MS;
  const days = sinceMidnight < HOUR * HOUR_MS ? 1 : 2;
  return new Date(momentOf(wall - sinceMidnight + days * DAY_MS, timezone));
}
