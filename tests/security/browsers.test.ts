import type { ApiAnswer } from '../support/ApiClient';
import { BrowserClient, OWN_ORIGIN } from '../support/BrowserClient';
import { databaseSnapshot } from '../support/databaseSnapshot';
import { declaredRoutes } from '../support/declaredRoutes';
import { expectProblem } from '../support/expectProblem';
import { makeWorkspace, type Person, signUp } from '../support/people';
import { SocketClient } from '../support/SocketClient';
import { TestPlatform } from '../support/testPlatform';

/** What other people's pages send, or leave out. */
const FOREIGN_ORIGINS: readonly (string | undefined)[] = [
  undefined,
  'null',
  'https://evil.example',
  'http://localhost:3000.evil.example',
  'http://evil-localhost:3000',
  'http://localhost:30000',
  'http://localhost',
  'https://localhost:3000',
  'http://LOCALHOST:3000',
  'http://localhost:3000/',
];

describe('Attacks by way of a browser', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let browser: BrowserClient;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    owner = await signUp(platform);
    workspaceId = await makeWorkspace(owner);
    browser = await BrowserClient.signIn(platform, owner.email);
  });

  afterAll(() => platform.stop());

  const expectUnchanged = async (attack: () => Promise<void>): Promise<void> => {
    const before = await databaseSnapshot(platform);
    await attack();
    expect(await databaseSnapshot(platform)).toEqual(before);
  };

  /** A request with the cookies of the victim's browser. */
  const forge = (
    method: string,
    path: string,
    { origin, token }: { origin?: string | undefined; token?: string | undefined },
  ): Promise<ApiAnswer> =>
    platform.api.send(method, path, method === 'GET' ? undefined : {}, {
      Cookie: browser.cookieHeader,
      'X-Workspace-Id': workspaceId,
      ...(origin !== undefined && { Origin: origin }),
      ...(token !== undefined && { 'X-CSRF-Token': token }),
    });

  /** Everything a cookie could be used to change, with ids of the right form in it. */
  const writes = declaredRoutes
    .filter(({ access, method }) => access.kind !== 'anyone' && method !== 'get')
    .map(({ method, path }) => [
      method.toUpperCase(),
      path.replaceAll(/:\w+/g, '00000000-0000-7000-8000-000000000000'),
    ]);
  const refresh = ['POST', '/auth/refresh-token'];

  describe('31: a write with the cookies of somebody who is signed in', () => {
    it.each([...writes, refresh])('%s %s', async (method = '', path = '') => {
      const token = browser.csrfToken;
      await expectUnchanged(async () => {
        for (const origin of FOREIGN_ORIGINS) {
          expectProblem(await forge(method, path, { origin, token }), 403, 'CSRF_FAILED');
        }
        for (const guess of [undefined, '', 'x', `${token}x`, 'undefined']) {
          expectProblem(await forge(method, path, { origin: OWN_ORIGIN, token: guess }), 403, 'CSRF_FAILED');
        }
      });
    });

    it('with the token of another session, one’s own included', async () => {
      const mallory = await BrowserClient.signIn(platform, (await signUp(platform)).email);
      const elsewhere = await BrowserClient.signIn(platform, owner.email);
      const nobody = new BrowserClient(platform.api);
      await nobody.readCsrfToken();
      await expectUnchanged(async () => {
        for (const { csrfToken: token } of [mallory, elsewhere, nobody]) {
          expectProblem(await forge('POST', '/auth/logout', { origin: OWN_ORIGIN, token }), 403, 'CSRF_FAILED');
          expectProblem(await forge('POST', '/auth/refresh-token', { origin: OWN_ORIGIN, token }), 403, 'CSRF_FAILED');
        }
      });
    });

    it('with a refresh cookie beside an access cookie that was planted', async () => {
      const mallory = await BrowserClient.signIn(platform, (await signUp(platform)).email);
      const planted = `atrium_access=${mallory.jar.get('atrium_access')}; atrium_refresh=${browser.jar.get('atrium_refresh')}`;
      const forged = { Cookie: planted, 'X-CSRF-Token': mallory.csrfToken ?? '' };
      for (const Origin of ['https://evil.example', 'null']) {
        const answer = await platform.api.post('/auth/refresh-token', {}, { ...forged, Origin });
        expectProblem(answer, 403, 'CSRF_FAILED');
      }
    });

    it('by a method that the route does not have', async () => {
      await expectUnchanged(async () => {
        const answer = await forge('GET', '/auth/logout', { token: browser.csrfToken });
        expectProblem(answer, 405, 'METHOD_NOT_ALLOWED');
      });
    });

    it('while the page itself may', async () => {
      const { status } = await browser.send('PUT', '/users/me', { name: 'Countess' }, { Origin: OWN_ORIGIN });
      expect(status).toBe(200);
    });

    it('and no other page may read what a cookie shows', async () => {
      const { headers } = await browser.get('/users/me', { Origin: 'https://evil.example' });
      expect(headers.get('access-control-allow-origin')).toBeNull();
    });
  });

  describe('32: a socket by cookie', () => {
    const connect = (headers: object, transport: 'websocket' | 'polling') =>
      SocketClient.connect(platform.address, { workspaceId }, { headers, transport });

    it.each(['websocket', 'polling'] as const)('from a foreign page, over %s', async (transport) => {
      for (const Origin of FOREIGN_ORIGINS) {
        const headers = { Cookie: browser.cookieHeader, ...(Origin !== undefined && { Origin }) };
        await expect(connect(headers, transport)).rejects.toThrow();
      }
      const socket = await connect({ Cookie: browser.cookieHeader, Origin: OWN_ORIGIN }, transport);
      expect(socket.connected).toBe(true);
      socket.disconnect();
    });
  });
});
