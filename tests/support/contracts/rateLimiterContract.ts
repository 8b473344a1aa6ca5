import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { RateLimit, RateLimiter } from '../../../src/core/application/RateLimiter';
import { eventually } from '../eventually';

const MINUTE = 60_000;

/** What every rate limiter does. `limiter` is asked for inside each test; the store behind it may be shared. */
export function rateLimiterContract(limiter: () => RateLimiter): void {
  let limit: RateLimit;

  const consume = (key: string, changes: Partial<RateLimit> = {}) => limiter().consume({ ...limit, ...changes }, key);
  const consumeInTurn = (times: number, key: string, changes: Partial<RateLimit> = {}) =>
    Array.from({ length: times }).reduce<Promise<boolean[]>>(async (before, _) => {
      const allowed = await before;
      return [...allowed, (await consume(key, changes)).allowed];
    }, Promise.resolve([]));

  beforeEach(() => {
    limit = { name: `contract-${randomUUID()}`, max: 5, windowMs: MINUTE };
  });

  it('counts down and tells when the window ends', async () => {
    const first = await consume('ada');
    expect(first).toEqual({ allowed: true, limit: 5, remaining: 4, resetMs: expect.any(Number) });
    expect(first.resetMs).toBeGreaterThan(0);
    expect(first.resetMs).toBeLessThanOrEqual(MINUTE);
    await expect(consume('ada')).resolves.toMatchObject({ allowed: true, remaining: 3 });
  });

  it('allows as many as the limit says and refuses the next, with the time to wait', async () => {
    await expect(consumeInTurn(5, 'ada')).resolves.toEqual([true, true, true, true, true]);
    const refused = await consume('ada');
    expect(refused).toMatchObject({ allowed: false, limit: 5, remaining: 0 });
    expect(refused.resetMs).toBeGreaterThan(0);
  });

  it('allows exactly the limit of 200 requests at once', async () => {
    const states = await Promise.all(Array.from({ length: 200 }, () => consume('ada')));
    expect(states.filter(({ allowed }) => allowed)).toHaveLength(5);
    expect(
      states
        .filter(({ allowed }) => allowed)
        .map(({ remaining }) => remaining)
        .sort(),
    ).toEqual([0, 1, 2, 3, 4]);
  });

  it('counts each key for itself', async () => {
    await consumeInTurn(6, 'ada@example.test');
    await expect(consume('bob@example.test')).resolves.toMatchObject({ allowed: true, remaining: 4 });
  });

  it('counts each limit for itself', async () => {
    await consumeInTurn(6, 'ada');
    await expect(consume('ada', { name: `${limit.name}-other` })).resolves.toMatchObject({ remaining: 4 });
    await expect(consume('ada', { max: 7 })).resolves.toMatchObject({ limit: 7, remaining: 6 });
  });

  it('begins again when the window is over, and not because someone keeps trying', async () => {
    const brief = { windowMs: 1_000 };
    const allowance = [true, true, true, true, true, false];
    await expect(consumeInTurn(6, 'ada', brief)).resolves.toEqual(allowance);
    await eventually(async () => expect(await consume('ada', brief)).toMatchObject({ allowed: true }));
    await pause(brief.windowMs + 10);
    await expect(consumeInTurn(6, 'ada', brief)).resolves.toEqual(allowance);
  });

  it('has windows that end, also those shorter than a second', async () => {
    const instant = { windowMs: 1, max: 1 };
    await consumeInTurn(2, 'ada', instant);
    await eventually(async () => expect(await consume('ada', instant)).toMatchObject({ allowed: true }));
  });

  it('shortens a window of months to what a timer can wait, for a longer one would end at once', async () => {
    const months = { windowMs: 100 * 24 * 60 * MINUTE };
    const { resetMs } = await consume('ada', months);
    expect(resetMs).toBeGreaterThan(20 * 24 * 60 * MINUTE);
    expect(resetMs).toBeLessThan(2 ** 31);
  });

  it('allows everything, and counts nothing, when the limit is switched off', async () => {
    const off = { max: 0 };
    await expect(consumeInTurn(20, 'ada', off)).resolves.toEqual(Array(20).fill(true));
    await expect(consume('ada', off)).resolves.toEqual({ allowed: true, limit: 0, remaining: 0, resetMs: 0 });
  });

  it.each(['', 'ключ', 'a:b:c', '2001:db8::/64', 'x'.repeat(10_000)])('takes any key', async (key) => {
    await expect(consume(key)).resolves.toMatchObject({ remaining: 4 });
    await expect(consume(key)).resolves.toMatchObject({ remaining: 3 });
  });
}
