import { momentOf, wallClock } from '../../../core/domain/wallClock';
import type { CalendarDate } from './CalendarDate';

const DAY_MS = 24 * 3_600_000;
const WEEK_MS = 7 * DAY_MS;

/** A week of a time zone, from Monday on (ISO 8601). */
export interface Week {
  /** Its Monday. */
  readonly monday: CalendarDate;
  /** The moment at which it begins there. */
  readonly begins: Date;
}

/** So many weeks, the one that is now last. */
export function lastWeeks(count: number, now: Date, timezone: string): readonly Week[] {
  const wall = wallClock(now.getTime(), timezone);
  const today = wall - (wall % DAY_MS);
  const sinceMonday = (new Date(today).getUTCDay() + 6) % 7;
  return Array.from({ length: count }, (_week, at) => {
    const monday = today - sinceMonday * DAY_MS - (count - 1 - at) * WEEK_MS;
    return {
      monday: new Date(monday).toISOString().slice(0, 10) as CalendarDate,
      begins: new Date(momentOf(monday, timezone)),
    };
  });
}
