import type { ApiAnswer, ApiClient } from '../../../../../tests/support/ApiClient';
import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { addMember, makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import type { SequelizeUnitOfWork } from '../../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../../core/infrastructure/database/Statement';
import { SEARCH_MEMBERS } from '../../infrastructure/searchMembers';

const NAMES = ['Ada Lovelace', 'Adam Smith', 'Charles Babbage', 'Zoë Saldaña', '李小龍', '100% Cotton'];

describe('GET /users/search', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let api: ApiClient;
  const people = new Map<string, Person>();

  beforeAll(async () => {
    platform = await TestPlatform.start();
    owner = await signUp(platform, { name: 'Grace Hopper', email: 'grace@navy.example' });
    workspaceId = await makeWorkspace(owner);
    for (const name of NAMES) people.set(name, await addMember(platform, owner, workspaceId, { name }));
    // The made-up addresses have letters of their own, which a search might find.
    for (const [index, { id }] of [...people.values()].entries()) {
      await platform.query('UPDATE users SET email = $2 WHERE id = $1', [id, `u.${index}@members.example`]);
    }
    api = platform.api.as(owner.accessToken, workspaceId);
  });

  afterAll(() => platform.stop());

  const search = (q: string, more = ''): Promise<ApiAnswer> =>
    api.get(`/users/search?q=${encodeURIComponent(q)}${more}`);
  const found = async (q: string, more = ''): Promise<string[]> =>
    (await search(q, more)).body.data.map(({ name }: Person) => name);
  const personOf = (name: string): Person => people.get(name) ?? owner;

  it('answers members as their list does, and how many at most', async () => {
    const { status, body, headers } = await search('lovelace');
    expect([status, body.meta, headers.get('cache-control')]).toEqual([200, { limit: 20 }, 'no-store']);
    const { body: member } = await api.get(`/users/${personOf('Ada Lovelace').id}`);
    expect(body.data).toEqual([member.data]);
  });

  it.each([
    ['Ada Lovelace', 'Ada Lovelace'],
    ['lovelace', 'Ada Lovelace'],
    ['LOVELACE', 'Ada Lovelace'],
    ['lovlace', 'Ada Lovelace'],
    ['lovleace', 'Ada Lovelace'],
    ['love', 'Ada Lovelace'],
    ['charls babage', 'Charles Babbage'],
    ['babbage charles', 'Charles Babbage'],
    ['grace', 'Grace Hopper'],
    ['grace@navy.example', 'Grace Hopper'],
    ['navy', 'Grace Hopper'],
    ['saldaña', 'Zoë Saldaña'],
    ['李小龍', '李小龍'],
  ])('finds by %s', async (q, name) => {
    expect((await found(q))[0]).toBe(name);
  });

  it('puts the closest first, and answers no more than are asked for', async () => {
    expect(await found('ada')).toEqual(['Ada Lovelace', 'Adam Smith']);
    expect(await found('adam')).toEqual(['Adam Smith', 'Ada Lovelace']);
    expect(await found('ada', '&limit=1')).toEqual(['Ada Lovelace']);
    expect((await search('ada', '&limit=1')).body.meta).toEqual({ limit: 1 });
  });

  it('finds nobody by what nobody is called', async () => {
    for (const q of ['xyzzy', 'qqqqqqqq', '日本']) expect(await found(q)).toEqual([]);
  });

  it('takes no character for a wildcard', async () => {
    for (const q of ['%', '_', '%%%', '__%', '*', '.*', '()']) expect(await found(q)).toEqual([]);
    expect(await found('100%')).toEqual(['100% Cotton']);
  });

  it('follows a change of the name at once, and who leaves', async () => {
    const person = await addMember(platform, owner, workspaceId, { name: 'Temporary' });
    await person.api.put('/users/me', { name: 'Wolfgang Amadeus' });
    expect(await found('wolfgang')).toEqual(['Wolfgang Amadeus']);
    expect(await found('temporary')).toEqual([]);
    await api.delete(`/users/${person.id}`);
    expect(await found('wolfgang')).toEqual([]);
    const rows = await platform.query('SELECT 1 FROM member_trigrams WHERE user_id = $1', [person.id]);
    expect(rows).toEqual([]);
  });

  it('finds suspended members, as they are', async () => {
    const person = await addMember(platform, owner, workspaceId, { name: 'Suspended Animation' });
    await api.put(`/users/${person.id}/status`, { status: 'banned' });
    expect((await search('animation')).body.data).toMatchObject([{ id: person.id, status: 'banned' }]);
  });

  it('knows nobody of other workspaces, however close', async () => {
    const stranger = await signUp(platform, { name: 'Lovelace Lovelace' });
    const theirs = await makeWorkspace(stranger);
    expect(await found('lovelace')).toEqual(['Ada Lovelace']);
    const { body } = await platform.api.as(stranger.accessToken, theirs).get('/users/search?q=lovelace');
    expect(body.data.map(({ id }: Person) => id)).toEqual([stranger.id]);
    expectProblem(await platform.api.as(stranger.accessToken, workspaceId).get('/users/search?q=x'), 404, 'NOT_FOUND');
  });

  it.each([
    ['', 'q'],
    ['q=', 'q'],
    [`q=${'x'.repeat(101)}`, 'q'],
    ['q=a&q=b', 'q'],
    ['q=a&limit=0', 'limit'],
    ['q=a&limit=101', 'limit'],
    ['q=a&cursor=x', 'cursor'],
    ['q=a&workspaceId=x', 'workspaceId'],
  ])('refuses ?%s', async (query, field) => {
    expectInvalid(await api.get(`/users/search?${query}`), field);
  });

  it('takes any hundred characters', async () => {
    for (const q of ['x'.repeat(100), `a'b"c\\d`, '👩‍🚀'.repeat(14), '\n\t', ';--']) {
      expect((await search(q)).status).toBe(200);
    }
    expectProblem(await search('a\0b'), 400, 'VALIDATION_ERROR');
  });

  it('reaches its index below the row-level security, for the trigram as for the workspace', async () => {
    const unitOfWork = platform.service<SequelizeUnitOfWork>('unitOfWork');
    const plan = await unitOfWork.run({ workspaceId }, async () => {
      // A table this small would be read as a whole.
      await unitOfWork.execute(statement('test.no-whole-tables', 'SET LOCAL enable_seqscan = off'));
      const explain = statement('test.explain-search', `EXPLAIN ${SEARCH_MEMBERS.text}`);
      return unitOfWork.execute<{ 'QUERY PLAN': string }>(explain, [workspaceId, 'lovelace', 20]);
    });
    const lines = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(lines).toMatch(
      /Index Only Scan using member_trigrams_pkey.*\n\s+Index Cond: \(\(workspace_id = .*trigram = /,
    );
  });
});
