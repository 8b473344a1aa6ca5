import { RowSum } from '../../application/RowSum';

const sumOf = (...rows: readonly Readonly<Record<string, unknown>>[]): RowSum => {
  const sum = new RowSum();
  for (const row of rows) sum.add(row);
  return sum;
};

describe('RowSum', () => {
  const one = { id: 1, facts: { a: [1, { b: null, c: 'x' }], d: true } };
  const same = { facts: { d: true, a: [1, { c: 'x', b: null }] }, id: 1 };
  const two = { id: 2, facts: {} };

  it('is equal for the same rows, in whatever order they and their members come', () => {
    expect(sumOf(one, two).equals(sumOf(two, same))).toBe(true);
    expect(sumOf(one, two).count).toBe(2);
  });

  it.each([
    ['a row is missing', [one]],
    ['a row comes twice', [one, two, two]],
    ['two rows are others', [two, two]],
    ['a value is another', [{ ...one, id: '1' }, two]],
    ['an array has another order', [{ ...one, facts: { ...one.facts, a: [...one.facts.a].reverse() } }, two]],
  ])('differs when %s', (_what, rows) => {
    expect(sumOf(...rows).equals(sumOf(one, two))).toBe(false);
  });
});
