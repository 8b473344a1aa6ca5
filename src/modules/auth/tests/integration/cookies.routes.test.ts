import { authenticatorCode } from '../../../../../tests/support/authenticatorApp';
import { BrowserClient, OWN_ORIGIN } from '../../../../../tests/support/BrowserClient';
import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { anAddress, makeWorkspace, PASSWORD, register, signUp } from '../../../../../tests/support/people';
import { enrollTotp } from '../../../../../tests/support/secondFactor';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import { TestPlatform } from '../../../../../tests/support/testPlatform';

const COOKIES = ['atrium_access', 'atrium_refresh'];

describe('A session by cookies', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });

  afterAll(() => platform.stop());

  const visit = () => new BrowserClient(platform.api);

  describe('begins', () => {
    it('with an account that is opened', async () => {
      const browser = visit();
      const account = { email: anAddress(), name: 'Ada', password: PASSWORD, transport: 'cookie' };
      const { status, headers, body } = await browser.post('/auth/register', account);
      expect(status).toBe(201);
      expect(headers.get('location')).toBe('/api/v1/users/me');
      expect(body.data).toEqual({ user: expect.objectContaining({ email: account.email }), expiresIn: 900 });
      expect([...browser.jar.keys()]).toEqual(COOKIES);
      expect((await browser.get('/users/me')).body.data.email).toBe(account.email);
    });

    it('with a sign-in, and tells no token in the body', async () => {
      const person = await register(platform);
      const browser = visit();
      const credentials = { email: person.email, password: PASSWORD, transport: 'cookie' };
      const { status, headers, body } = await browser.post('/auth/login', credentials);
      expect([status, body.data]).toEqual([200, { user: expect.objectContaining({ id: person.id }), expiresIn: 900 }]);
      const attributes = /; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/;
      expect(headers.getSetCookie()).toEqual(COOKIES.map(() => expect.stringMatching(attributes)));
      expect((await browser.get('/users/me')).status).toBe(200);
    });

    it('with the second factor, and not before', async () => {
      const person = await register(platform);
      const { secret } = await enrollTotp(person);
      const browser = visit();
      const credentials = { email: person.email, password: PASSWORD, transport: 'cookie' };
      const { mfaToken } = (await browser.post('/auth/login', credentials)).body.data;
      expect(browser.jar.size).toBe(0);
      const answer = { mfaToken, code: authenticatorCode(secret), transport: 'cookie' };
      expect((await browser.post('/auth/mfa/challenge', answer)).status).toBe(200);
      expect((await browser.get('/users/me')).body.data.id).toBe(person.id);
    });

    it('not for a page of another origin, which could sign people in as somebody else', async () => {
      const person = await register(platform);
      const credentials = { email: person.email, password: PASSWORD, transport: 'cookie' };
      const answer = await visit().post('/auth/login', credentials, { Origin: 'https://evil.example' });
      expectProblem(answer, 403, 'CSRF_FAILED');
      expect(answer.headers.getSetCookie()).toEqual([]);
    });

    it.each(['Cookie', 'header', '', null, 1, ['cookie']])('not by the transport %j', async (transport) => {
      const credentials = { email: anAddress(), password: PASSWORD, transport };
      expectInvalid(await platform.api.post('/auth/login', credentials), 'transport');
    });
  });

  describe('is refreshed', () => {
    it('by its cookie, which changes both', async () => {
      const { email } = await register(platform);
      const browser = await BrowserClient.signIn(platform, email);
      const before = new Map(browser.jar);
      const { status, body } = await browser.post('/auth/refresh-token');
      expect([status, body.data]).toEqual([200, { user: expect.objectContaining({ email }), expiresIn: 900 }]);
      for (const name of COOKIES) expect(browser.jar.get(name)).not.toBe(before.get(name));
      expect((await browser.get('/users/me')).status).toBe(200);
    });

    it('with the CSRF token it had, after its access token has expired', async () => {
      const shortLived = await TestPlatform.start({
        environment: { JWT_EXPIRES_IN: '1s' },
        database: platform.database,
      });
      try {
        const { email } = await register(platform);
        const browser = await BrowserClient.signIn(shortLived, email);
        const access = browser.jar.get('atrium_access') ?? '';
        const { exp } = JSON.parse(Buffer.from(access.split('.')[1] ?? '', 'base64url').toString());
        await new Promise((resolve) => {
          setTimeout(resolve, exp * 1000 - Date.now() + 50);
        });
        expectProblem(await browser.get('/users/me'), 401, 'TOKEN_EXPIRED');
        // A page that is opened only now finds its token too.
        expect(await browser.readCsrfToken()).toMatch(/\S/);
        expect((await browser.post('/auth/refresh-token')).status).toBe(200);
        expect((await browser.get('/users/me')).status).toBe(200);
      } finally {
        await shortLived.stop();
      }
    });

    it('by nothing else', async () => {
      expectInvalid(await platform.api.post('/auth/refresh-token'), 'refreshToken');
      expectInvalid(await visit().post('/auth/refresh-token', {}), 'refreshToken');
    });
  });

  describe('ends', () => {
    it.each([
      ['POST', '/auth/logout', undefined],
      ['POST', '/auth/logout-all', undefined],
      ['DELETE', '/users/me', { password: PASSWORD }],
    ])('by %s %s, and the browser forgets it', async (method, path, body) => {
      const { email } = await register(platform);
      const browser = await BrowserClient.signIn(platform, email);
      const stolen = browser.cookieHeader;
      const { status } = await browser.send(method, path, body, { Origin: OWN_ORIGIN });
      expect([status, browser.jar.size]).toEqual([204, 0]);
      await eventually(async () => {
        expectProblem(await platform.api.get('/users/me', { Cookie: stolen }), 401, 'SESSION_REVOKED');
      });
    });
  });

  it('is switched to a workspace', async () => {
    const person = await signUp(platform);
    const workspaceId = await makeWorkspace(person);
    const browser = await BrowserClient.signIn(platform, person.email);
    const { status, body } = await browser.post(`/workspaces/${workspaceId}/switch`);
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ workspace: { id: workspaceId }, roles: ['owner'] });
    expect(body.data).not.toHaveProperty('accessToken');
    expect((await browser.get('/users')).body.data).toHaveLength(1);
  });

  it('opens a socket', async () => {
    const person = await signUp(platform);
    const workspaceId = await makeWorkspace(person);
    const browser = await BrowserClient.signIn(platform, person.email);
    const headers = { Cookie: browser.cookieHeader, Origin: OWN_ORIGIN };
    const socket = await SocketClient.connect(platform.address, {}, { headers });
    expect(await socket.send('workspace:join', { workspaceId })).toMatchObject({ ok: true });
    socket.disconnect();
  });

  describe('counts for nothing', () => {
    it('beside credentials of the request’s own, good or bad', async () => {
      const [inBrowser, byHeader] = [await register(platform), await register(platform)];
      const browser = await BrowserClient.signIn(platform, inBrowser.email);
      const own = await browser.get('/users/me', { Authorization: `Bearer ${byHeader.accessToken}` });
      expect(own.body.data.id).toBe(byHeader.id);
      for (const Authorization of ['Bearer nonsense', 'Basic YTpi', '']) {
        expectProblem(await browser.get('/users/me', { Authorization }), 401, 'UNAUTHENTICATED');
      }
    });

    it('to a Bearer client, which needs neither origin nor token', async () => {
      const person = await register(platform);
      const change = { name: 'Countess' };
      expect((await person.api.put('/users/me', change)).status).toBe(200);
      expect((await person.api.put('/users/me', change, { Origin: 'https://evil.example' })).status).toBe(200);
    });
  });
});
