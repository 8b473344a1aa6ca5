import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { authenticatorCode } from '../support/authenticatorApp';
import { databaseSnapshot } from '../support/databaseSnapshot';
import { declaredRoutes, nameOf } from '../support/declaredRoutes';
import { expectInvalid, expectProblem } from '../support/expectProblem';
import { login, NEW_PASSWORD, resetToken } from '../support/passwords';
import { anAddress, makeWorkspace, PASSWORD, type Person, register, signUp } from '../support/people';
import { enrollTotp } from '../support/secondFactor';
import { TestPlatform } from '../support/testPlatform';

describe('Attacks by what is sent', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });

  afterAll(() => platform.stop());

  describe('10: members that are not for the caller to set', () => {
    const FOREIGN = ['role', 'isAdmin', 'emailVerified', 'workspaceId', 'ownerId', 'passwordHash', 'deletedAt'];
    const SESSION = '01900000-0000-7000-8000-000000000000';

    /** For every write of this module, what it would be granted with but for the member on top. */
    const GRANTED: Readonly<Record<string, (person: Person) => object | Promise<object>>> = {
      'post /auth/register': () => ({ email: anAddress(), name: 'Ada', password: PASSWORD }),
      'post /auth/login': ({ email }) => ({ email, password: PASSWORD }),
      'post /auth/mfa/challenge': async (person) => {
        const { secret } = await enrollTotp(person);
        const { mfaToken } = (await login(platform, person.email)).body.data;
        return { mfaToken, code: authenticatorCode(secret) };
      },
      'post /auth/refresh-token': ({ refreshToken }) => ({ refreshToken }),
      'post /auth/verify-email': async ({ email }) => ({ token: await platform.mailedToken(email, /confirm/i) }),
      'post /auth/resend-verification': () => ({}),
      'delete /auth/sessions/:id': () => ({}),
      'post /auth/logout': () => ({}),
      'post /auth/logout-all': () => ({}),
      'post /auth/forgot-password': ({ email }) => ({ email }),
      'post /auth/reset-password': async ({ email }) => ({
        token: await resetToken(platform, email),
        password: NEW_PASSWORD,
      }),
      'post /auth/change-password': () => ({ currentPassword: PASSWORD, newPassword: NEW_PASSWORD }),
      'post /auth/mfa/totp': () => ({}),
      'post /auth/mfa/totp/confirm': async ({ api }) => ({
        code: authenticatorCode((await api.post('/auth/mfa/totp')).body.data.secret),
      }),
      'delete /auth/mfa/totp': async (person) => {
        await enrollTotp(person);
        return { password: PASSWORD };
      },
    };

    const writes = declaredRoutes.filter(({ method, path }) => method !== 'get' && path.startsWith('/auth/'));

    it.each(writes.map((route) => [nameOf(route), route] as const))('%s', async (name, { method, path }) => {
      const person = await register(platform);
      const body = await GRANTED[name]?.(person);
      if (!body) throw new Error(`Say what ${name} is granted with.`);
      await platform.mailedToken(person.email, /confirm/i);
      const before = await databaseSnapshot(platform);
      for (const member of FOREIGN) {
        const input = { ...body, [member]: 'owner' };
        expectInvalid(await person.api.send(method.toUpperCase(), path.replace(':id', SESSION), input), member);
      }
      expect(await databaseSnapshot(platform)).toEqual(before);
    });
  });

  describe('39: bodies and queries that no client makes', () => {
    let owner: Person;
    let workspaceId: string;

    beforeAll(async () => {
      owner = await signUp(platform);
      workspaceId = await makeWorkspace(owner);
    });

    const PUBLIC = declaredRoutes.filter(({ access, body }) => access.kind === 'anyone' && body);

    const expectAlive = async (): Promise<void> => expect((await fetch(`${platform.address}/livez`)).status).toBe(200);

    /** What comes back for bytes, until the server or the client has nothing more to say. */
    const exchange = (bytes: string): Promise<string> => {
      const { hostname, port } = new URL(platform.address);
      const socket = createConnection(Number(port), hostname);
      socket.end(bytes);
      return text(socket);
    };

    const DEEP = 10_000;
    const BODIES: readonly [string, string][] = [
      ['10,000 arrays', `{"email":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`],
      ['10,000 objects', `${'{"email":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`],
      ['10,000 arrays that never end', `{"email":${'['.repeat(DEEP)}`],
      ['a prototype', '{"__proto__":{"email":"a@example.com","isAdmin":true}}'],
      ['a prototype below', '{"email":{"__proto__":{"isAdmin":true}}}'],
      ['a constructor', '{"constructor":{"prototype":{"isAdmin":true}}}'],
      ['10,000 members', JSON.stringify(Object.fromEntries(Array.from({ length: DEEP }, (_, key) => [key, key])))],
      ['a number beyond all', `{"email":1e999,"token":${'9'.repeat(DEEP)}}`],
    ];

    it.each(BODIES)('%s', async (_what, body) => {
      const before = await databaseSnapshot(platform);
      for (const { path } of PUBLIC) {
        expect(await platform.api.post(path, body)).toMatchObject({ status: 400 });
      }
      await expectAlive();
      expect(await databaseSnapshot(platform)).toEqual(before);
      expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    });

    it('a gzip bomb', async () => {
      const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '), { level: 1 });
      const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
      for (const { path } of PUBLIC) {
        const answer = await fetch(`${platform.address}/api/v1${path}`, { method: 'POST', headers, body: bomb });
        expect([answer.status, await answer.json()]).toMatchObject([413, { code: 'PAYLOAD_TOO_LARGE' }]);
      }
      await expectAlive();
    });

    it.each([
      ['shorter than the body', 'Content-Length: 2', '{"email":"a@example.com"}'],
      ['negative', 'Content-Length: -1', '{}'],
      ['no number', 'Content-Length: 0x2', '{}'],
      ['told twice', 'Content-Length: 2\r\nContent-Length: 3', '{}'],
      ['told in two ways', 'Content-Length: 2\r\nTransfer-Encoding: chunked', '2\r\n{}\r\n0\r\n\r\n'],
    ])('a length that is %s', async (_what, length, body) => {
      const head = `POST /api/v1/auth/forgot-password HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${length}`;
      const answer = await exchange(`${head}\r\nConnection: close\r\n\r\n${body}`);
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      await expectAlive();
    });

    it('a length that is longer than the body', async () => {
      const before = await databaseSnapshot(platform);
      const head = 'POST /api/v1/auth/forgot-password HTTP/1.1\r\nHost: x\r\nContent-Type: application/json';
      const answer = await exchange(`${head}\r\nContent-Length: 999\r\n\r\n{"email":"a@example.com"}`);
      expect(answer).toMatch(/^(?:HTTP\/1\.1 4\d\d |$)/);
      await expectAlive();
      expect(await databaseSnapshot(platform)).toEqual(before);
    });

    it.each([
      'limit=1&limit=2',
      'limit[]=1',
      'limit[a]=1',
      'status=active&status=banned',
      '__proto__=1',
      '__proto__[limit]=1',
      'constructor[prototype][limit]=1',
      Array.from({ length: 1000 }, (_, index) => `x${index}=1`).join('&'),
    ])('the query %s', async (query) => {
      const answer = await owner.api.get(`/users?${query}`, { 'X-Workspace-Id': workspaceId });
      expectProblem(answer, 400, 'VALIDATION_ERROR', { errors: expect.any(Array) });
      await expectAlive();
    });
  });
});
