import supertest from 'supertest';
import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { type Person, register } from '../../../../../tests/support/people';
import { TestPlatform } from '../../../../../tests/support/testPlatform';

describe('/users/me', () => {
  let platform: TestPlatform;
  let person: Person;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });

  beforeEach(async () => {
    person = await register(platform, { name: 'Ada Lovelace' });
  });

  afterAll(() => platform.stop());

  const get = (headers: object = {}) =>
    supertest(platform.address)
      .get('/api/v1/users/me')
      .auth(person.accessToken, { type: 'bearer' })
      .set({ ...headers });

  const put = (body: object, headers: object = {}) =>
    supertest(platform.address)
      .put('/api/v1/users/me')
      .auth(person.accessToken, { type: 'bearer' })
      .set({ ...headers })
      .send(body);

  describe('GET', () => {
    it('answers the account, with its tag', async () => {
      const { body } = await get()
        .expect(200)
        .expect('Content-Type', 'application/json; charset=utf-8')
        .expect('Cache-Control', 'private, no-cache')
        .expect('ETag', /^"[\w-]{27}"$/);
      expect(body).toEqual({
        data: {
          id: person.id,
          email: person.email,
          name: 'Ada Lovelace',
          bio: null,
          timezone: 'UTC',
          locale: 'en',
          avatarUrl: null,
          status: 'active',
          emailVerified: false,
          createdAt: expect.any(String),
          updatedAt: expect.any(String),
        },
      });
    });

    it.each([
      ['the tag', (tag: string) => tag],
      ['the tag, weak', (tag: string) => `W/${tag}`],
      ['a list with it', (tag: string) => `"other", W/"another" , ${tag}`],
      ['any', () => '*'],
    ])('answers 304, and nothing else, to whom holds %s', async (_what, header) => {
      const { etag } = (await get().expect(200)).headers;
      const { text } = await get({ 'If-None-Match': header(etag ?? '') })
        .expect(304)
        .expect('ETag', etag ?? '')
        .expect('Cache-Control', 'private, no-cache');
      expect(text).toBe('');
    });

    it('answers anew to whom holds another tag, or an older one', async () => {
      const { etag } = (await get().expect(200)).headers;
      await get({ 'If-None-Match': '"other"' }).expect(200);
      await get({ 'If-None-Match': (etag ?? '').replaceAll('"', '') }).expect(200);
      await put({ name: 'Grace Hopper' }).expect(200);
      await get({ 'If-None-Match': etag ?? '' }).expect(200);
    });

    it('answers a HEAD with the same headers and no body', async () => {
      const { headers } = await get();
      const head = await supertest(platform.address)
        .head('/api/v1/users/me')
        .auth(person.accessToken, { type: 'bearer' })
        .expect(200)
        .expect('ETag', headers.etag ?? '')
        .expect('Content-Length', headers['content-length'] ?? '');
      expect(head.text).toBeUndefined();
      await supertest(platform.address)
        .head('/api/v1/users/me')
        .auth(person.accessToken, { type: 'bearer' })
        .set('If-None-Match', headers.etag ?? '')
        .expect(304);
    });
  });

  describe('PUT', () => {
    it('changes what is given and leaves the rest', async () => {
      const changes = {
        name: '  Grace Hopper ',
        bio: 'COBOL,\n"mostly"',
        timezone: 'America/New_York',
        locale: 'en-US',
      };
      const { body } = await put(changes).expect(200).expect('Cache-Control', 'private, no-cache');
      expect(body.data).toMatchObject({ ...changes, name: 'Grace Hopper', email: person.email });
      expect((await get()).body).toEqual(body);
      expect((await put({ bio: null }).expect(200)).body.data).toMatchObject({
        ...changes,
        name: 'Grace Hopper',
        bio: null,
      });
    });

    it('answers with the tag that the resource now has', async () => {
      const { headers } = await put({ bio: 'x' }).expect(200);
      await get({ 'If-None-Match': headers.etag ?? '' }).expect(304);
      await put({ bio: 'y' }, { 'If-None-Match': '*' }).expect(200);
    });

    it('changes it only as long as it is the one that If-Match names', async () => {
      const { etag } = (await get()).headers;
      await put({ bio: 'first' }, { 'If-Match': etag ?? '' }).expect(200);
      for (const stale of [etag ?? '', '"other"', `W/${etag}`]) {
        const { body } = await put({ bio: 'second' }, { 'If-Match': stale }).expect(412);
        expect(body.code).toBe('PRECONDITION_FAILED');
      }
      expect((await get()).body.data.bio).toBe('first');
      await put({ bio: 'third' }, { 'If-Match': '*' }).expect(200);
    });

    it('leaves the account and its tag alone when nothing changes', async () => {
      const { etag } = (await get()).headers;
      await put({ name: person.name })
        .expect(200)
        .expect('ETag', etag ?? '');
    });

    it('is undone by none of ten changes at once: each counts or is told that it came too late', async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => put({ bio: `bio ${n}` })));
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status !== 200 && status !== 409)).toEqual([]);
      expect(statuses).toContain(200);
      const events = await platform.query(
        `SELECT 1 FROM events WHERE type = 'user.profile-changed' AND actor_id = $1`,
        [person.id],
      );
      expect(events).toHaveLength(statuses.filter((status) => status === 200).length);
    });

    it.each([
      ['nothing', {}, ['body']],
      ['an unknown member', { name: 'x', nickname: 'y' }, ['nickname']],
      [
        'what is not one’s own to change',
        { email: 'x@example.com', emailVerified: true, status: 'active', id: 'x', role: 'owner', isAdmin: true },
        ['email', 'emailVerified', 'status', 'id', 'role', 'isAdmin'],
      ],
      ['a name of another type', { name: ['x'] }, ['name']],
      ['a long name', { name: 'x'.repeat(101) }, ['name']],
      ['a long text', { bio: 'x'.repeat(2001) }, ['bio']],
      ['a time zone that there is not', { timezone: 'Mars/Olympus' }, ['timezone']],
      ['a language that is none', { locale: 'english, please' }, ['locale']],
    ])('refuses %s', async (_what, body, fields) => {
      expectInvalid(await person.api.put('/users/me', body), ...fields);
    });

    it('asks for a session', async () => {
      expectProblem(await platform.api.put('/users/me', { name: 'x' }), 401, 'UNAUTHENTICATED');
    });
  });
});
