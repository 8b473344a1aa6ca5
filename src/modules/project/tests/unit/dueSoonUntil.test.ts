import { DUE_SOON_MS, dueSoonUntil } from '../../domain/dueSoonUntil';

describe('What is due soon', () => {
  it.each([
    ['UTC', '2026-11-20T07:59:59Z', '2026-11-21T00:00:00.000Z'],
    ['UTC', '2026-11-20T08:00:00Z', '2026-11-22T00:00:00.000Z'],
    ['UTC', '2026-11-20T00:00:00Z', '2026-11-21T00:00:00.000Z'],
    ['Europe/Berlin', '2026-11-20T06:59:59Z', '2026-11-20T23:00:00.000Z'],
    ['Europe/Berlin', '2026-11-20T07:00:00Z', '2026-11-21T23:00:00.000Z'],
    ['America/Los_Angeles', '2026-11-20T07:00:00Z', '2026-11-21T08:00:00.000Z'],
    ['Asia/Kathmandu', '2026-11-20T02:15:00Z', '2026-11-21T18:15:00.000Z'],
    ['Europe/Berlin', '2026-10-24T12:00:00Z', '2026-10-25T23:00:00.000Z'],
    ['Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T22:00:00.000Z'],
  ])('in %s is, at %s, what is due before %s', (timezone, now, until) => {
    expect(dueSoonUntil(new Date(now), timezone).toISOString()).toBe(until);
    expect(Date.parse(until) - Date.parse(now)).toBeLessThan(DUE_SOON_MS);
  });
});
