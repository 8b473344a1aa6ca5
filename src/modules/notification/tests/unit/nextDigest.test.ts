import { nextDigest } from '../../domain/nextDigest';

describe('The next daily mail', () => {
  it.each([
    ['UTC', '2026-01-15T07:59:59.999Z', '2026-01-15T08:00:00.000Z'],
    ['UTC', '2026-01-15T08:00:00.000Z', '2026-01-16T08:00:00.000Z'],
    ['UTC', '2026-12-31T12:00:00.123Z', '2027-01-01T08:00:00.000Z'],
    ['Europe/Vienna', '2026-01-15T06:30:00.000Z', '2026-01-15T07:00:00.000Z'],
    ['America/Los_Angeles', '2026-01-15T02:00:00.000Z', '2026-01-15T16:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-01-15T19:00:00.000Z', '2026-01-16T18:00:00.000Z'],
    ['Asia/Kathmandu', '2026-01-15T00:00:00.000Z', '2026-01-15T02:15:00.000Z'],
  ])('is due at eight in the morning in %s, after %s at %s', (timezone, now, due) => {
    expect(nextDigest(new Date(now), timezone).toISOString()).toBe(due);
  });

  it.each([
    ['forward', '2026-03-28T12:00:00.000Z', '2026-03-29T06:00:00.000Z'],
    ['back', '2026-10-24T12:00:00.000Z', '2026-10-25T07:00:00.000Z'],
  ])('is due at eight when clocks went %s in the night', (_way, now, due) => {
    expect(nextDigest(new Date(now), 'Europe/Vienna').toISOString()).toBe(due);
  });
});
