import type { Page, PageRequest } from '../../application/Page';
import { listQuery, Paginator, type ListQuery } from '../../presentation/pagination';
import { validateText } from '../../presentation/validate';

const KEY = Buffer.alloc(32, 1);
const LAMPS = Array.from({ length: 5 }, (_, index) => `lamp ${index + 1}`);
const INVALID = expect.objectContaining({ kind: 'invalid', code: 'INVALID_CURSOR' });

/** A list in memory, which remembers what it was asked for. */
class Lamps {
  readonly asked: PageRequest[] = [];

  readonly fetch = async (request: PageRequest): Promise<Page<string>> => {
    this.asked.push(request);
    const { limit, after, offset = 0 } = request;
    const from = after ? LAMPS.indexOf(after[0]) + 1 : offset;
    const items = LAMPS.slice(from, from + limit);
    const last = items.at(-1);
    return {
      items,
      next: last && from + limit < LAMPS.length ? [last, `id of ${last}`] : null,
      ...(request.offset !== undefined && { total: LAMPS.length }),
    };
  };
}

describe('Paginator', () => {
  const paginator = new Paginator(KEY);
  let lamps: Lamps;

  const page = (query: ListQuery & { status?: string; role?: string }, list = 'lamps of A', by = paginator) =>
    by.paginate(list, query, lamps.fetch) as Promise<{ items: string[]; meta: { nextCursor: string | null } }>;

  const firstCursor = async (): Promise<string> => {
    const { meta } = await page({ limit: 2, sort: 'name', status: 'lit' });
    return meta.nextCursor ?? '';
  };

  beforeEach(() => {
    lamps = new Lamps();
  });

  it('leads through a list to its end, cursor by cursor', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    for (let turn = 0; cursor !== null && turn < 10; turn += 1) {
      const { items, meta } = await page({ limit: 2, sort: 'name', ...(cursor && { cursor }) });
      seen.push(...items);
      cursor = meta.nextCursor;
    }
    expect(seen).toEqual(LAMPS);
    expect(lamps.asked).toEqual([
      { limit: 2, sort: 'name' },
      { limit: 2, sort: 'name', after: ['lamp 2', 'id of lamp 2'] },
      { limit: 2, sort: 'name', after: ['lamp 4', 'id of lamp 4'] },
    ]);
  });

  it('hands out cursors that stand in an address as they are', async () => {
    expect(await firstCursor()).toMatch(/^[\w-]+$/);
  });

  it('takes a cursor with another limit, or with the same filters in another order', async () => {
    const filtered = await page({ limit: 2, sort: 'name', status: 'lit', role: 'desk' });
    const cursor = filtered.meta.nextCursor ?? '';
    await expect(page({ limit: 3, sort: 'name', status: 'lit', role: 'desk', cursor })).resolves.toBeDefined();
    await expect(page({ role: 'desk', cursor, status: 'lit', limit: 2, sort: 'name' })).resolves.toBeDefined();
  });

  it.each([
    ['of another list', 'lamps of B', { limit: 2, sort: 'name', status: 'lit' }],
    ['of another filter', 'lamps of A', { limit: 2, sort: 'name', status: 'dark' }],
    ['of a filter less', 'lamps of A', { limit: 2, sort: 'name' }],
    ['of a filter more', 'lamps of A', { limit: 2, sort: 'name', status: 'lit', role: 'desk' }],
    ['of another order', 'lamps of A', { limit: 2, sort: '-name', status: 'lit' }],
  ])('refuses the cursor %s, and reads nothing', async (_what, list, query) => {
    const cursor = await firstCursor();
    await expect(page({ ...query, cursor }, list)).rejects.toEqual(INVALID);
    expect(lamps.asked).toHaveLength(1);
  });

  it('refuses a cursor of another key', async () => {
    const cursor = await firstCursor();
    const other = new Paginator(Buffer.alloc(32, 2));
    await expect(page({ limit: 2, sort: 'name', status: 'lit', cursor }, undefined, other)).rejects.toEqual(INVALID);
  });

  it('refuses a cursor of which any byte was changed', async () => {
    const bytes = Buffer.from(await firstCursor(), 'base64url');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(255 - changed.readUInt8(index), index);
      const cursor = changed.toString('base64url');
      await expect(page({ limit: 2, sort: 'name', status: 'lit', cursor })).rejects.toEqual(INVALID);
    }
    expect(lamps.asked).toHaveLength(1);
  });

  it.each(['', 'x', '💥', 'null', 'A'.repeat(20), 'A'.repeat(1_000), '../../etc/passwd'])(
    'refuses what was never a cursor: %#',
    async (cursor) => {
      await expect(page({ limit: 2, sort: 'name', cursor })).rejects.toEqual(INVALID);
    },
  );

  it.each([
    [1, ['lamp 1', 'lamp 2']],
    [3, ['lamp 5']],
    [4, []],
  ])('leads to page %i by its number, and tells how many there are', async (number, items) => {
    await expect(page({ limit: 2, sort: 'name', page: number })).resolves.toEqual({
      items,
      meta: { page: number, limit: 2, total: 5, totalPages: 3 },
    });
  });
});

describe('The query of a list', () => {
  const schema = listQuery(['name', 'joinedAt']);

  it('has a default for everything', () => {
    expect(validateText(schema, {})).toEqual({ limit: 20, sort: 'name' });
  });

  it('may be sorted downwards by default', () => {
    const newestFirst = listQuery(['-createdAt', 'name']);
    expect(validateText(newestFirst, {})).toEqual({ limit: 20, sort: '-createdAt' });
    for (const sort of ['createdAt', '-createdAt', 'name', '-name']) {
      expect(validateText(newestFirst, { sort })).toMatchObject({ sort });
    }
    expect(() => validateText(newestFirst, { sort: '--createdAt' })).toThrow();
  });

  it.each([
    [{ limit: '100' }, { limit: 100, sort: 'name' }],
    [
      { limit: '1', sort: '-joinedAt' },
      { limit: 1, sort: '-joinedAt' },
    ],
    [{ page: '2' }, { limit: 20, sort: 'name', page: 2 }],
    [{ cursor: 'abc' }, { limit: 20, sort: 'name', cursor: 'abc' }],
  ])('takes %j', (query, expected) => {
    expect(validateText(schema, query)).toEqual(expected);
  });

  it.each([
    [{ limit: '0' }],
    [{ limit: '101' }],
    [{ limit: '-1' }],
    [{ limit: '1e9' }],
    [{ limit: 'NaN' }],
    [{ limit: 'Infinity' }],
    [{ limit: '1.5' }],
    [{ limit: '' }],
    [{ limit: ['1', '2'] }],
    [{ page: '0' }],
    [{ page: '100001' }],
    [{ page: '2', cursor: 'abc' }],
    [{ sort: 'password' }],
    [{ sort: '--name' }],
    [{ sort: 'name; DROP TABLE users' }],
    [{ offset: '5' }],
  ])('refuses %j', (query) => {
    expect(() => validateText(schema, query)).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR' }));
  });
});
