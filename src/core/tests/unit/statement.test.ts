import { SCOPED, statement } from '../../infrastructure/database/Statement';

/** PostgreSQL cuts the names of prepared statements here. */
const MAX_BYTES = 63;

const cut = (name: string): string => Buffer.from(`${SCOPED}${name}`).subarray(0, MAX_BYTES).toString();

describe('The name of a statement', () => {
  it('is what it is declared by', () => {
    expect(statement('desk.lamp-view', 'SELECT 1')).toEqual({ name: 'desk.lamp-view', text: 'SELECT 1' });
    expect(statement('a'.repeat(56), '').name).toBe('a'.repeat(56));
  });

  it('fits into PostgreSQL, and stays apart from others of the same beginning, however long it is', () => {
    for (const declared of ['a'.repeat(56), 'a'.repeat(200), 'ü'.repeat(29), '日'.repeat(30)]) {
      const names = ['', '.0', '.1', '.10'].map((variant) => statement(`${declared}${variant}`, '').name);
      expect(new Set(names).size).toBe(4);
      expect(names.map((name) => `${SCOPED}${name}`)).toEqual(names.map(cut));
    }
  });

  it('is the same on each node', () => {
    const [one, again] = [statement('a'.repeat(57), ''), statement('a'.repeat(57), '')];
    expect(one.name).toBe(again.name);
  });
});
