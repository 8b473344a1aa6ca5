import { newId } from '../../domain/Id';

/** RFC 9562, section 5.7: version 7 and variant 10. */
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const FUTURE = Date.UTC(2030, 0, 1, 12, 0, 0, 123);
/** More than the 4,096 ids that the counter of one millisecond holds. */
const MANY = 10_000;

const millisecondOf = (id: string): number => parseInt(id.replace('-', '').slice(0, 12), 16);

const makeIds = (count: number): string[] => Array.from({ length: count }, () => newId());

const isStrictlyIncreasing = (ids: readonly string[]): boolean =>
  ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? ''));

describe('newId', () => {
  it('makes UUIDs of version 7', () => {
    for (const id of makeIds(1_000)) expect(id).toMatch(UUID_V7);
  });

  it('puts the milliseconds of Unix time first', () => {
    const before = Date.now();
    const millisecond = millisecondOf(newId());
    expect(millisecond).toBeGreaterThanOrEqual(before);
    expect(millisecond).toBeLessThanOrEqual(Date.now() + 1);
  });

  it('leaves 62 bits to chance, so that ids of two processes differ', () => {
    const ends = makeIds(MANY).map((id) => id.slice(19));
    expect(new Set(ends).size).toBe(MANY);
    const variants = new Set(ends.map((end) => end.charAt(0)));
    expect([...variants].sort()).toEqual(['8', '9', 'a', 'b']);
  });

  it('sorts ids in the order in which they were made', () => {
    expect(isStrictlyIncreasing(makeIds(MANY))).toBe(true);
  });

  describe('with a clock that a test moves', () => {
    beforeEach(() => {
      jest.useFakeTimers({ now: FUTURE });
    });

    afterEach(() => {
      jest.useRealTimers();
    });

    it('goes on when the clock stands still, also beyond the counter of one millisecond', () => {
      const ids = makeIds(MANY);
      expect(isStrictlyIncreasing(ids)).toBe(true);
      expect(ids.every((id) => UUID_V7.test(id))).toBe(true);
      expect(millisecondOf(ids[0] ?? '')).toBe(FUTURE);
      expect(millisecondOf(ids[0xfff] ?? '')).toBe(FUTURE);
      expect(millisecondOf(ids[0x1000] ?? '')).toBe(FUTURE + 1);
    });

    it('goes on when the clock goes back', () => {
      jest.setSystemTime(FUTURE + 60_000);
      const before = newId();
      jest.setSystemTime(FUTURE);
      const ids = [before, ...makeIds(MANY)];
      expect(isStrictlyIncreasing(ids)).toBe(true);
      jest.setSystemTime(FUTURE + 61_000);
      expect(newId() > (ids.at(-1) ?? '')).toBe(true);
    });

    it('follows the clock again as soon as that is ahead', () => {
      jest.setSystemTime(FUTURE + 120_000);
      expect(millisecondOf(newId())).toBe(FUTURE + 120_000);
      jest.setSystemTime(FUTURE + 120_001);
      const id = newId();
      expect(millisecondOf(id)).toBe(FUTURE + 120_001);
      expect(id.slice(14, 18)).toBe('7000');
    });
  });
});
