import { gate } from '../../../../tests/support/gate';
import { LookupCache } from '../../infrastructure/cache/LookupCache';

describe('A cache of lookups', () => {
  let lookups: number;
  let cache: LookupCache<number>;

  const look = async (): Promise<number> => {
    lookups += 1;
    return lookups;
  };

  let now: number;
  const passes = (milliseconds: number): void => {
    now += milliseconds;
    jest.advanceTimersByTime(milliseconds);
  };

  beforeEach(() => {
    now = 1_000;
    jest.useFakeTimers({ doNotFake: ['performance'] });
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    lookups = 0;
    cache = new LookupCache();
  });

  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('keeps an answer for a second, from the moment that it was asked for', async () => {
    const found = gate();
    const slow = cache.get('a', async () => {
      await found.passed;
      return look();
    });
    passes(600);
    found.open();
    expect(await slow).toBe(1);
    passes(400);
    expect(await cache.get('a', look)).toBe(1);
    passes(1);
    expect(await cache.get('a', look)).toBe(2);
  });

  it('looks once for many who ask at the same time, and for each key', async () => {
    const asked = ['a', 'a', 'b', 'a'].map((key) => cache.get(key, look));
    expect(await Promise.all(asked)).toEqual([1, 1, 2, 1]);
  });

  it('keeps no failure', async () => {
    await expect(cache.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await cache.get('a', look)).toBe(1);
  });

  it('forgets one answer, or all of them', async () => {
    await cache.get('a', look);
    await cache.get('b', look);
    cache.drop('a');
    expect([await cache.get('a', look), await cache.get('b', look)]).toEqual([3, 2]);
    cache.clear();
    expect([await cache.get('a', look), await cache.get('b', look)]).toEqual([4, 5]);
  });
});
