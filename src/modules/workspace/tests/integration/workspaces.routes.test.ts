import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem, withoutRequest } from '../../../../../tests/support/expectProblem';
import { addMember, makeWorkspace, type Person, register, signUp } from '../../../../../tests/support/people';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import { newId } from '../../../../core/domain/Id';

describe('Workspaces', () => {
  let platform: TestPlatform;
  let owner: Person;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });

  beforeEach(async () => {
    owner = await signUp(platform);
  });

  afterAll(() => platform.stop());

  describe('POST /workspaces', () => {
    const make = (body: unknown): Promise<ApiAnswer> => owner.api.post('/workspaces', body);

    it('makes one, of which its maker is the owner, with its roles', async () => {
      const slug = `engines-${newId().slice(-12)}`;
      const { status, body, headers } = await make({
        name: '  Analytical Engines ',
        slug,
        description: 'Punched cards',
      });
      expect(status).toBe(201);
      expect(body).toEqual({
        data: {
          id: expect.any(String),
          name: 'Analytical Engines',
          slug,
          description: 'Punched cards',
          settings: {},
          ownerId: owner.id,
          createdAt: expect.any(String),
          updatedAt: body.data.createdAt,
        },
      });
      const { id } = body.data;
      expect(headers.get('location')).toBe(`/api/v1/workspaces/${id}`);
      expect(headers.get('cache-control')).toBe('no-store');
      expect((await owner.api.get(`/workspaces/${id}`)).body).toEqual(body);
      const me = await platform.api.as(owner.accessToken, id).get(`/users/${owner.id}`);
      expect(me.body.data.roles).toMatchObject([{ key: 'owner' }]);
      const roles = await platform.api.as(owner.accessToken, id).get('/roles');
      expect(roles.body.data.map(({ key }: { key: string }) => key)).toEqual(['owner', 'admin', 'member', 'viewer']);
    });

    it.each([
      ['Zoë’s Café & Söhne', /^zoe-s-cafe-sohne$/],
      ['🏛🏛🏛', /^workspace(-[\da-f]{6})?$/],
      ['A', /^workspace-a$/],
      [`${'long '.repeat(19)}name`, /^(long-){7}long$/],
    ])('derives a slug from the name %p', async (name, slug) => {
      const { body } = await make({ name });
      expect(body.data).toMatchObject({ name, slug: expect.stringMatching(slug) });
    });

    it('derives different slugs from the same name, also at once', async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => make({ name: 'Same Name' })));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
      expect(new Set(answers.map(({ body }) => body.data.slug)).size).toBe(8);
    });

    it('refuses a slug that is taken, whoever has it', async () => {
      const slug = `taken-${newId().slice(-12)}`;
      expect((await make({ name: 'First', slug })).status).toBe(201);
      expectProblem(await make({ name: 'Second', slug }), 409, 'SLUG_TAKEN');
      const other = await signUp(platform);
      expectProblem(await other.api.post('/workspaces', { name: 'Third', slug }), 409, 'SLUG_TAKEN');
      expect((await owner.api.get('/workspaces')).body.data).toHaveLength(1);
    });

    it.each([
      ['nothing', {}, ['name']],
      ['no body', undefined, ['name']],
      ['a blank name', { name: ' \t ' }, ['name']],
      ['a long name', { name: 'x'.repeat(101) }, ['name']],
      ['a name of two lines', { name: 'a\r\nBcc: x@example.com' }, ['name']],
      ['another type', { name: { length: 3 } }, ['name']],
      ['a short slug', { name: 'x', slug: 'ab' }, ['slug']],
      ['capitals in a slug', { name: 'x', slug: 'Abc' }, ['slug']],
      ['two hyphens in a row', { name: 'x', slug: 'a--b' }, ['slug']],
      ['a path as a slug', { name: 'x', slug: '../etc' }, ['slug']],
      ['a long description', { name: 'x', description: 'x'.repeat(2001) }, ['description']],
      ['an unknown member', { name: 'x', plan: 'free' }, ['plan']],
      ['an owner, an id, settings', { name: 'x', ownerId: 'x', id: 'x', settings: {} }, ['ownerId', 'id', 'settings']],
    ])('refuses %s', async (_what, body, fields) => {
      expectInvalid(await make(body), ...fields);
    });

    it('asks for a session, and for a proven address', async () => {
      expectProblem(await platform.api.post('/workspaces', { name: 'x' }), 401, 'UNAUTHENTICATED');
      const unverified = await register(platform);
      expectProblem(await unverified.api.post('/workspaces', { name: 'x' }), 403, 'EMAIL_NOT_VERIFIED');
      const token = await platform.mailedToken(unverified.email, /confirm/i);
      await platform.api.post('/auth/verify-email', { token });
      await eventually(async () => expect((await unverified.api.post('/workspaces', { name: 'x' })).status).toBe(201));
    });

    it('makes one for a key, however often it is sent', async () => {
      const headers = { 'Idempotency-Key': newId<string>() };
      const first = await owner.api.post('/workspaces', { name: 'Once' }, headers);
      const again = await owner.api.post('/workspaces', { name: 'Once' }, headers);
      expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([201, null]);
      expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
      expect(again.body).toEqual(first.body);
      expect(again.headers.get('location')).toBe(first.headers.get('location'));
      expectProblem(await owner.api.post('/workspaces', { name: 'Other' }, headers), 422, 'IDEMPOTENCY_MISMATCH');
      expect((await owner.api.get('/workspaces')).body.data).toHaveLength(1);
      const other = await signUp(platform);
      const own = await other.api.post('/workspaces', { name: 'Once' }, headers);
      expect([own.status, own.headers.get('idempotency-replayed')]).toEqual([201, null]);
      expect(own.body.data.id).not.toBe(first.body.data.id);
    });

    it('makes one for a key that is sent ten times at once', async () => {
      const headers = { 'Idempotency-Key': newId<string>() };
      const all = Array.from({ length: 10 }, () => owner.api.post('/workspaces', { name: 'Once' }, headers));
      for (const answer of await Promise.all(all)) {
        if (answer.status !== 201) expectProblem(answer, 409, 'IDEMPOTENCY_IN_PROGRESS');
      }
      expect((await owner.api.get('/workspaces')).body.data).toHaveLength(1);
    });

    it('refuses a key that is none, and forgets one whose request was refused', async () => {
      for (const key of ['', ' ', 'x'.repeat(256), 'zwölf']) {
        const refused = await owner.api.post('/workspaces', { name: 'x' }, { 'Idempotency-Key': key });
        expectInvalid(refused, 'Idempotency-Key');
      }
      const headers = { 'Idempotency-Key': newId<string>() };
      expectInvalid(await owner.api.post('/workspaces', { name: '' }, headers), 'name');
      expect((await owner.api.post('/workspaces', { name: 'x' }, headers)).status).toBe(201);
    });
  });

  describe('GET /workspaces', () => {
    it('lists one’s own with one’s roles, by cursor or by page, and nobody else’s', async () => {
      const names = ['Beta', 'Alpha', 'Gamma'];
      for (const name of names) await makeWorkspace(owner, name);
      const other = await signUp(platform);
      const theirs = await makeWorkspace(other, 'Theirs');
      await addMember(platform, other, theirs);

      const first = await owner.api.get('/workspaces?limit=2');
      expect(first.body.data).toMatchObject([
        { name: 'Alpha', roles: ['owner'] },
        { name: 'Beta', roles: ['owner'] },
      ]);
      const rest = await owner.api.get(`/workspaces?limit=2&cursor=${first.body.meta.nextCursor}`);
      expect(rest.body).toMatchObject({ data: [{ name: 'Gamma' }], meta: { limit: 2, nextCursor: null } });
      const byJoining = await owner.api.get('/workspaces?page=1&sort=-joinedAt');
      expect(byJoining.body.data.map(({ name }: { name: string }) => name)).toEqual([...names].reverse());
      expect(byJoining.body.meta).toEqual({ page: 1, limit: 20, total: 3, totalPages: 1 });
      const cursorOfOthers = await other.api.get(`/workspaces?limit=2&cursor=${first.body.meta.nextCursor}`);
      expectProblem(cursorOfOthers, 400, 'INVALID_CURSOR');
    });

    it('asks for a session and for a query that it knows', async () => {
      expectProblem(await platform.api.get('/workspaces'), 401, 'UNAUTHENTICATED');
      expectInvalid(await owner.api.get('/workspaces?limit=0&sort=slug&owner=me'), 'limit', 'sort', 'owner');
    });
  });

  describe('GET /workspaces/:id', () => {
    it('answers it to members, with a tag', async () => {
      const id = await makeWorkspace(owner);
      const member = await addMember(platform, owner, id, { role: 'viewer' });
      const { status, body, headers } = await member.api.get(`/workspaces/${id}`);
      expect([status, body.data.id, headers.get('cache-control')]).toEqual([200, id, 'private, no-cache']);
      const same = await owner.api.get(`/workspaces/${id}`, { 'If-None-Match': headers.get('etag') ?? '' });
      expect([same.status, same.body]).toEqual([304, undefined]);
    });

    it('is the path’s, whatever the header says', async () => {
      const id = await makeWorkspace(owner);
      const { status, body } = await owner.api.get(`/workspaces/${id}`, { 'X-Workspace-Id': newId() });
      expect([status, body.data.id]).toEqual([200, id]);
    });

    it('answers the same for a foreign one and for none', async () => {
      const id = await makeWorkspace(await signUp(platform));
      const foreign = await owner.api.get(`/workspaces/${id}`);
      expectProblem(foreign, 404, 'NOT_FOUND');
      expect(withoutRequest(await owner.api.get(`/workspaces/${newId()}`))).toEqual(withoutRequest(foreign));
      expectInvalid(await owner.api.get('/workspaces/x'), 'id');
    });
  });
});
