import { lastWeeks } from '../../domain/lastWeeks';

describe('The last weeks', () => {
  const told = (now: string, timezone: string, count = 2): string[] =>
    lastWeeks(count, new Date(now), timezone).map(({ monday, begins }) => `${monday} ${begins.toISOString()}`);

  it.each([
    ['UTC', '2026-11-22T23:59:59Z', ['2026-11-09 2026-11-09T00:00:00.000Z', '2026-11-16 2026-11-16T00:00:00.000Z']],
    ['UTC', '2026-11-23T00:00:00Z', ['2026-11-16 2026-11-16T00:00:00.000Z', '2026-11-23 2026-11-23T00:00:00.000Z']],
    [
      'Asia/Tokyo',
      '2026-11-22T15:00:00Z',
      ['2026-11-16 2026-11-15T15:00:00.000Z', '2026-11-23 2026-11-22T15:00:00.000Z'],
    ],
    [
      'America/New_York',
      '2026-11-23T04:59:59Z',
      ['2026-11-09 2026-11-09T05:00:00.000Z', '2026-11-16 2026-11-16T05:00:00.000Z'],
    ],
    [
      'Europe/Berlin',
      '2026-10-26T12:00:00Z',
      ['2026-10-19 2026-10-18T22:00:00.000Z', '2026-10-26 2026-10-25T23:00:00.000Z'],
    ],
  ])('in %s begin on Mondays there, at %s', (timezone, now, weeks) => {
    expect(told(now, timezone)).toEqual(weeks);
  });

  it('are as many as one wants', () => {
    expect(told('2026-11-20T12:00:00Z', 'UTC', 12)).toHaveLength(12);
    expect(told('2026-11-20T12:00:00Z', 'UTC', 12)[0]).toMatch(/^2026-08-31/);
  });
});
