import { momentOf, wallClock } from '../../../core/domain/wallClock';

/** The hour of the person's day at which their digest goes out. */
const HOUR = 8;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** When what happens now is mailed to who gets one mail a day: at the next eight o'clock in the morning there. */
export function nextDigest(now: Date, timezone: string): Date {
  const wall = wallClock(now.getTime(), timezone);
  const today = wall - (wall % DAY_MS) + HOUR * HOUR_MS;
  const first = momentOf(today, timezone);
  return new Date(first > now.getTime() ? first : momentOf(today + DAY_MS, timezone));
}
