import { gzipSync } from 'node:zlib';
import supertest from 'supertest';
import { makeWorkspace, type Person, signUp } from '../../../../tests/support/people';
import { TestPlatform } from '../../../../tests/support/testPlatform';

const MIB = 1024 * 1024;
const JSON_TYPE = 'application/json';

describe('What holds for every request', () => {
  let platform: TestPlatform;
  let person: Person;
  let workspaceId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    person = await signUp(platform);
    workspaceId = await makeWorkspace(person);
  });

  afterAll(() => platform.stop());

  const agent = () => supertest(platform.address);

  /** A request whose body is sent just as it is. */
  const put = (body: string | Buffer, headers: object = { 'Content-Type': JSON_TYPE }) =>
    agent()
      .put('/api/v1/users/me')
      .auth(person.accessToken, { type: 'bearer' })
      .set({ ...headers })
      // Or supertest would make a JSON string of it.
      .serialize((raw: unknown) => raw as string)
      .send(body);

  describe('its body', () => {
    it.each([
      ['broken', '{"name":'],
      ['of two values', '{} {}'],
      ['a word', 'name'],
      ['a string', '"name"'],
      ['null', 'null'],
      ['not UTF-8', Buffer.from([0x22, 0xff, 0xfe])],
      ['with a comment', '{"name":"x"/**/}'],
      ['a number that is none', '{"name":NaN}'],
    ])('is refused when it is %s', async (_what, body) => {
      const answer = await put(body).expect(400);
      expect(answer.body).toMatchObject({ code: 'MALFORMED_JSON', status: 400, title: 'Malformed JSON' });
      // What is wrong with it is nobody's secret, but what stands in it may be.
      expect(answer.text).not.toContain('Unexpected');
    });

    it.each([
      ['text/plain'],
      ['application/x-www-form-urlencoded'],
      ['multipart/form-data; boundary=x'],
      ['application/jsonp'],
      ['application/json; charset=latin1'],
    ])('is refused as %s', async (type) => {
      const { body } = await put('{"name":"x"}', { 'Content-Type': type }).expect(415);
      expect(body.code).toBe('UNSUPPORTED_MEDIA_TYPE');
    });

    it.each([['application/json; charset=UTF-8'], ['application/merge-patch+json'], ['APPLICATION/JSON']])(
      'is read as %s',
      async (type) => {
        await put('{"bio":"x"}', { 'Content-Type': type }).expect(200);
      },
    );

    it('may be 1 MiB long and no longer, compressed or not', async () => {
      const of = (bytes: number): string => `{"bio":"${'x'.repeat(bytes - 10)}"}`;
      expect((await put(of(MIB)).expect(400)).body.code).toBe('VALIDATION_ERROR');
      expect((await put(of(MIB + 1)).expect(413)).body.code).toBe('PAYLOAD_TOO_LARGE');
      const zipped = { 'Content-Type': JSON_TYPE, 'Content-Encoding': 'gzip' };
      await put(gzipSync('{"bio":"zipped"}'), zipped).expect(200);
      expect((await put(gzipSync(of(100 * MIB)), zipped).expect(413)).body.code).toBe('PAYLOAD_TOO_LARGE');
      const unknown = { 'Content-Type': JSON_TYPE, 'Content-Encoding': 'zstd-x' };
      expect((await put('{}', unknown).expect(415)).body.code).toBe('UNSUPPORTED_MEDIA_TYPE');
      expect((await put('not zipped', zipped).expect(400)).body.code).toBe('MALFORMED_JSON');
    });

    it('may be as deep as it likes, and gets nowhere with a prototype', async () => {
      const deep = `{"bio":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
      expect((await put(deep).expect(400)).body.code).toBe('VALIDATION_ERROR');
      for (const body of ['{"__proto__":{"bio":"x"}}', '{"bio":"x","constructor":{"prototype":{}}}']) {
        expect((await put(body).expect(400)).body.code).toBe('VALIDATION_ERROR');
      }
      await agent().get('/livez').expect(200);
    });

    it('is refused where none belongs', async () => {
      const logout = agent().post('/api/v1/auth/logout').auth(person.accessToken, { type: 'bearer' });
      const { body } = await logout.send({ everywhere: true }).expect(400);
      expect(body.errors).toEqual([{ field: 'everywhere', message: expect.any(String) }]);
    });
  });

  describe('its id', () => {
    it.each(['a', 'A1._-', 'x'.repeat(128)])('is kept when it is %s', async (id) => {
      for (const path of ['/livez', '/api/v1/users/me', '/nowhere']) {
        await agent().get(path).set('X-Request-Id', id).expect('X-Request-Id', id);
      }
    });

    it.each(['', 'x'.repeat(129), 'a b', 'a/b', '<script>', 'ü'])('is made anew when it is %p', async (id) => {
      const { headers, body } = await agent().get('/api/v1/users/me').set('X-Request-Id', id).expect(401);
      expect(headers['x-request-id']).toMatch(/^[\da-f]{8}-[\da-f]{4}-7/);
      expect(body.requestId).toBe(headers['x-request-id']);
    });
  });

  describe('its path', () => {
    it.each([
      '/api/v1/nowhere',
      '/api/v1',
      '/api/v1/',
      '/api/v1/users/me/',
      '/api/v1//users/me',
      '/api/v1/Users/me',
      '/api/v1/users%2fme',
      '/api/v2/users/me',
      '/users/me',
      '/api/v1/../v1/nowhere',
    ])('%s leads nowhere', async (path) => {
      const { body } = await agent().get(path).auth(person.accessToken, { type: 'bearer' }).expect(404);
      expect(body).toMatchObject({ code: 'ROUTE_NOT_FOUND', type: '/problems/route-not-found' });
    });

    it.each([
      ['PATCH', '/users/me', 'GET, PUT'],
      ['DELETE', '/workspaces', 'GET, POST'],
      ['GET', '/auth/login', 'POST'],
      ['OPTIONS', '/auth/login', 'POST'],
      ['POST', '/permissions', 'GET'],
      ['TRACE', '/permissions', 'GET'],
    ])('has methods: %s %s is not one of %s', async (method, path, allow) => {
      const { status, body, headers } = await platform.api.send(method, path, undefined).catch(() => trace(path));
      expect([status, body.code]).toEqual([405, 'METHOD_NOT_ALLOWED']);
      const allowed = (headers.get('allow') ?? '').split(', ');
      expect(allowed).toEqual(expect.arrayContaining(allow.split(', ')));
      expect(allowed).not.toContain(method);
    });

    /** `fetch` knows better than to send one. */
    const trace = async (path: string) => {
      const { status, body, headers } = await agent().trace(`/api/v1${path}`);
      return { status, body, headers: new Headers(headers) };
    };
  });

  it('its answer is for the API alone: no page may frame it, sniff it or read it', async () => {
    const { headers } = await agent().get('/api/v1/users/me').auth(person.accessToken, { type: 'bearer' }).expect(200);
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'strict-transport-security': expect.stringContaining('max-age='),
      'referrer-policy': 'no-referrer',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('a page may read it when its origin is a listed one', async () => {
    const get = (origin: string) =>
      agent().get('/api/v1/users/me').auth(person.accessToken, { type: 'bearer' }).set('Origin', origin);
    const listed = (await get('http://localhost:3000').expect(200)).headers;
    expect(listed).toMatchObject({
      'access-control-allow-origin': 'http://localhost:3000',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': expect.stringContaining('X-Request-Id'),
      vary: expect.stringContaining('Origin'),
    });
    for (const origin of ['http://evil.test', 'null', 'http://localhost:3000.evil.test', 'https://localhost:3000']) {
      expect((await get(origin)).headers).not.toHaveProperty('access-control-allow-origin');
    }
    const asked = await agent()
      .options('/api/v1/workspaces')
      .set({ Origin: 'http://localhost:3000', 'Access-Control-Request-Method': 'POST' })
      .expect(204);
    expect(asked.headers['access-control-allow-methods']).toContain('POST');
  });

  it('its workspace is named once', async () => {
    const { body } = await agent()
      .get('/api/v1/users')
      .auth(person.accessToken, { type: 'bearer' })
      .set('X-Workspace-Id', [workspaceId, workspaceId] as never)
      .expect(400);
    expect(body.code).toBe('VALIDATION_ERROR');
  });
});
