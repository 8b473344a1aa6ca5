import { cursorBefore, isLater, parseCursor } from '../../application/EventCursor';

describe('A cursor of the event log', () => {
  it('is a transaction and a place in it', () => {
    expect(parseCursor('12.345')).toEqual([12n, 345n]);
    expect(parseCursor('18446744073709551615.9223372036854775807')).toEqual([2n ** 64n - 1n, 2n ** 63n - 1n]);
  });

  it.each(['', '1', '1.', '.1', '1.1.1', '-1.1', '1.1 ', 'x.y', '18446744073709551616.1', '1.9223372036854775808'])(
    'is not %j',
    (raw) => expect(parseCursor(raw)).toBeUndefined(),
  );

  it('stands behind those of older transactions, and of older places in its own', () => {
    expect(isLater([2n, 1n], [1n, 9n])).toBe(true);
    expect(isLater([1n, 9n], [2n, 1n])).toBe(false);
    expect(isLater([1n, 2n], [1n, 1n])).toBe(true);
    expect(isLater([1n, 1n], [1n, 1n])).toBe(false);
  });

  it('can stand before a whole transaction, and behind all others', () => {
    const before = parseCursor(cursorBefore(7n)) ?? [0n, 0n];
    expect(isLater([7n, 0n], before)).toBe(true);
    expect(isLater(before, [6n, 2n ** 62n])).toBe(true);
  });
});
