/** What the clocks of a time zone show, read as if it were UTC, in milliseconds; whole seconds. */
export function wallClock(at: number, timezone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes): number => Number(parts.get(name));
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** The moment at which the clocks of a time zone show this, as far as it is not skipped there. */
export function momentOf(wall: number, timezone: string): number {
  // What the offset is there is known only once it is known when that is: the second guess is right.
  const offset = (at: number): number => wallClock(at, timezone) - at;
  const guess = wall - offset(wall);
  return wall - offset(guess);
}
