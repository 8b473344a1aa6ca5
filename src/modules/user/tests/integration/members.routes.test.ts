import { expectInvalid, expectProblem, withoutRequest } from '../../../../../tests/support/expectProblem';
import type { ApiAnswer, ApiClient } from '../../../../../tests/support/ApiClient';
import { addMember, makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import { newId } from '../../../../core/domain/Id';

const NAMES = ['Barbara', 'Ada', 'Grace', 'ada', 'Élise', 'Ada', 'Zoë'];

describe('The people of a workspace', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let stranger: Person;
  let foreign: string;
  let api: ApiClient;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    owner = await signUp(platform, { name: 'Owner' });
    workspaceId = await makeWorkspace(owner);
    for (const name of NAMES) await addMember(platform, owner, workspaceId, { name, role: 'viewer' });
    stranger = await signUp(platform);
    foreign = await makeWorkspace(stranger);
    api = platform.api.as(owner.accessToken, workspaceId);
  });

  afterAll(() => platform.stop());

  const list = (query = ''): Promise<ApiAnswer> => api.get(`/users${query}`);
  const idsOf = ({ body }: ApiAnswer): string[] => body.data.map(({ id }: Person) => id);

  /** All pages of a list, from the first cursor to the last. */
  async function walk(query: string): Promise<ApiAnswer[]> {
    const pages = [await list(`?${query}`)];
    for (;;) {
      const { nextCursor } = pages.at(-1)?.body.meta ?? {};
      if (!nextCursor) return pages;
      pages.push(await list(`?${query}&cursor=${encodeURIComponent(nextCursor)}`));
    }
  }

  describe('GET /users', () => {
    it('answers each with their roles, in the order of joining', async () => {
      const answer = await list();
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('etag')).toBeNull();
      expect(answer.body.meta).toEqual({ limit: 20, nextCursor: null });
      expect(answer.body.data.map(({ name }: Person) => name)).toEqual(['Owner', ...NAMES]);
      expect(answer.body.data[0]).toEqual({
        ...(await owner.api.get('/users/me')).body.data,
        roles: [{ id: expect.any(String), key: 'owner', name: 'Owner' }],
        joinedAt: expect.any(String),
      });
    });

    it.each(['joinedAt', '-joinedAt', 'name', '-name', 'email', '-email'])(
      'visits everybody exactly once by cursor, sorted by %s',
      async (sort) => {
        const whole = idsOf(await list(`?sort=${sort}&limit=100`));
        expect(new Set(whole).size).toBe(NAMES.length + 1);
        const opposite = sort.startsWith('-') ? sort.slice(1) : `-${sort}`;
        expect(idsOf(await list(`?sort=${opposite}`))).toEqual([...whole].reverse());
        for (const limit of [1, 3, 8]) {
          const pages = await walk(`sort=${sort}&limit=${limit}`);
          expect(pages.flatMap(idsOf)).toEqual(whole);
          expect(pages).toHaveLength(Math.ceil(whole.length / limit));
        }
      },
    );

    it('sorts people who joined at the same moment, and goes on behind one who has left', async () => {
      await platform.query(
        `UPDATE members SET joined_at = '2026-01-01T00:00:00.123456Z' WHERE workspace_id = $1 AND user_id <> $2`,
        [workspaceId, owner.id],
      );
      const whole = idsOf(await list());
      expect((await walk('limit=2')).flatMap(idsOf)).toEqual(whole);
      const first = await list('?limit=1');
      await platform.query(
        `UPDATE members SET joined_at = joined_at + interval '1 day' WHERE user_id = $1`,
        idsOf(first),
      );
      const rest = await list(`?cursor=${first.body.meta.nextCursor}`);
      expect(idsOf(rest)).toEqual([...whole.slice(1, -1), idsOf(first)[0], owner.id]);
    });

    it('answers pages by number with totals', async () => {
      const second = await list('?page=2&limit=3&sort=name');
      expect(second.body.meta).toEqual({ page: 2, limit: 3, total: 8, totalPages: 3 });
      expect(idsOf(second)).toEqual(idsOf(await list('?sort=name')).slice(3, 6));
      const beyond = await list('?page=9&limit=3');
      expect(beyond.body).toEqual({ data: [], meta: { page: 9, limit: 3, total: 8, totalPages: 3 } });
    });

    it('filters by role and by status', async () => {
      expect(idsOf(await list('?role=owner'))).toEqual([owner.id]);
      expect((await walk('role=viewer&limit=2')).flatMap(idsOf)).toHaveLength(NAMES.length);
      expect((await list('?role=viewer&page=1&limit=2')).body.meta.total).toBe(NAMES.length);
      expect(idsOf(await list('?status=banned'))).toEqual([]);
      expect(idsOf(await list('?role=no-such-role'))).toEqual([]);
    });

    it.each([
      ['limit=0', 'limit'],
      ['limit=101', 'limit'],
      ['limit=-1', 'limit'],
      ['limit=1.5', 'limit'],
      ['limit=NaN', 'limit'],
      ['limit=1e9', 'limit'],
      ['limit=', 'limit'],
      ['limit=2&limit=3', 'limit'],
      ['limit[]=2', 'limit[]'],
      ['page=0', 'page'],
      ['page=100001', 'page'],
      ['sort=status', 'sort'],
      ['sort=--name', 'sort'],
      ['sort=name,email', 'sort'],
      ['sort=name&sort=email', 'sort'],
      ['status=removed', 'status'],
      ['role=a&role=b', 'role'],
      ['workspaceId=1', 'workspaceId'],
      ['page=1&cursor=x', 'query'],
      ['__proto__=1', '__proto__'],
      ['constructor=1', 'constructor'],
    ])('refuses ?%s', async (query, field) => {
      expectInvalid(await list(`?${query}`), field);
    });

    it('refuses a cursor that is made up, tampered with, or of another list', async () => {
      const { nextCursor } = (await list('?limit=1')).body.meta;
      const otherFirst = nextCursor.startsWith('A') ? 'B' : 'A';
      const theirs = await platform.api.as(owner.accessToken, await makeWorkspace(owner)).get('/users?limit=1');
      expect(theirs.body.meta.nextCursor).toBeNull();
      const bytes = Buffer.from(nextCursor, 'base64url');
      bytes.writeUInt8(bytes.readUInt8(20) + 1, 20);
      for (const query of [
        'cursor=x',
        'cursor=',
        `cursor=${nextCursor.slice(0, -4)}`,
        `cursor=${otherFirst}${nextCursor.slice(1)}`,
        `cursor=${bytes.toString('base64url')}`,
        `cursor=${nextCursor}&sort=name`,
        `cursor=${nextCursor}&role=viewer`,
      ]) {
        const answer = await list(`?${query}`);
        if (query === 'cursor=') expectInvalid(answer, 'cursor');
        else expectProblem(answer, 400, 'INVALID_CURSOR');
      }
      const mine = await addMember(platform, stranger, foreign);
      const elsewhere = platform.api.as(mine.accessToken, foreign);
      expectProblem(await elsewhere.get(`/users?cursor=${nextCursor}`), 400, 'INVALID_CURSOR');
      expectProblem(await owner.api.get(`/workspaces?cursor=${nextCursor}`), 400, 'INVALID_CURSOR');
    });
  });

  describe('GET /users/:id', () => {
    it('answers a member, as the list does, with a tag', async () => {
      const [, viewer] = (await list()).body.data;
      const { status, body, headers } = await api.get(`/users/${viewer.id}`);
      expect([status, body.data]).toEqual([200, viewer]);
      const unchanged = await api.get(`/users/${viewer.id.toUpperCase()}`, {
        'If-None-Match': headers.get('etag') ?? '',
      });
      expect([unchanged.status, unchanged.body]).toEqual([304, undefined]);
    });

    it('answers the same for a person of another workspace and for nobody', async () => {
      const theirs = await api.get(`/users/${stranger.id}`);
      const nobody = await api.get(`/users/${newId()}`);
      expectProblem(theirs, 404, 'NOT_FOUND');
      expect(withoutRequest(nobody)).toEqual(withoutRequest(theirs));
    });

    it.each(['x', '1', `${newId()}0`, '%00', `{${newId()}}`])('refuses %s as an id', async (id) => {
      expectInvalid(await api.get(`/users/${id}`), 'id');
    });
  });

  describe.each(['/users', `/users/${newId()}`])('GET %s, its workspace', (path) => {
    const as = (workspace?: string) => platform.api.as(owner.accessToken, workspace).get(path);

    it('has to be named', async () => {
      const errors = [{ field: 'X-Workspace-Id', message: 'X-Workspace-Id is required.' }];
      expectProblem(await as(), 400, 'WORKSPACE_REQUIRED', { errors });
    });

    it('has to be an id', async () => {
      for (const malformed of ['x', '1', `${workspaceId}, ${foreign}`])
        expectInvalid(await as(malformed), 'X-Workspace-Id');
    });

    it('has to be one’s own: a foreign one is like none', async () => {
      const theirs = await as(foreign);
      expectProblem(theirs, 404, 'NOT_FOUND');
      expect(withoutRequest(await as(newId()))).toEqual(withoutRequest(theirs));
    });
  });
});
