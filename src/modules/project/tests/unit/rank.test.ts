import { newRank, Rank, rankBetween } from '../../domain/Rank';

const NOW = new Date('2026-11-20T10:00:00.000Z');
const LATER = new Date('2026-11-20T10:00:00.001Z');

describe('The rank of a task', () => {
  it('is behind every earlier one, and no other has it', () => {
    const [earlier, later] = [newRank(NOW), newRank(LATER)];
    expect(earlier < later).toBe(true);
    const atOnce = Array.from({ length: 200 }, () => newRank(LATER));
    expect([...new Set(atOnce)].sort()).toEqual(atOnce);
    expect(atOnce.every((rank) => rank > earlier)).toBe(true);
  });

  it('is found at both ends', () => {
    const only = newRank(LATER);
    expect(rankBetween(null, only, NOW) < only).toBe(true);
    expect(rankBetween(only, null, NOW) > only).toBe(true);
    expect(rankBetween(null, null, NOW)).toMatch(/^[0-9A-Za-z]{10}$/);
    // Behind one that is ahead of the clock, too.
    const ahead = rankBetween(only, null, NOW);
    expect(rankBetween(ahead, null, NOW) > ahead).toBe(true);
  });

  it.each([
    ['a', 'b'],
    ['a', 'a1'],
    ['a', 'a001'],
    ['az', 'b'],
    ['azz', 'b01'],
    ['Zzzzzzz9', 'a'],
    ['0001', '0002'],
    [null, '00000001'],
    [null, '1'],
  ])('is found between %s and %s', (above, below) => {
    for (let round = 0; round < 100; round += 1) {
      const rank = rankBetween(above === null ? null : Rank(above), Rank(below), NOW);
      expect(rank > (above ?? '') && rank < below).toBe(true);
      expect(Rank(rank)).toBe(rank);
    }
  });

  it('stays short at a place that many are put to', () => {
    let [above, below] = [newRank(NOW), newRank(LATER)];
    for (let round = 0; round < 1_000; round += 1) {
      const rank = rankBetween(above, below, NOW);
      expect(rank > above && rank < below).toBe(true);
      if (round % 2 === 0) above = rank;
      else below = rank;
    }
    expect(below.length).toBeLessThan(1_000);
    let first = newRank(NOW);
    for (let round = 0; round < 1_000; round += 1) first = rankBetween(null, first, NOW);
    expect(first).toHaveLength(10);
  });

  it.each(['', '0', 'a0', 'ä', 'a b', '~'])('is not %j', (raw) => {
    expect(() => Rank(raw)).toThrow('rank');
  });
});
