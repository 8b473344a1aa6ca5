import { authenticatorCode } from '../support/authenticatorApp';
import { databaseSnapshot } from '../support/databaseSnapshot';
import { declaredRoutes, nameOf } from '../support/declaredRoutes';
import { ecKeyPair } from '../support/ecKeyPair';
import { expectProblem } from '../support/expectProblem';
import { forgedTokens } from '../support/forgedTokens';
import { ecdsa, hmac, jws, partsOf } from '../support/jws';
import { login, NEW_PASSWORD } from '../support/passwords';
import { anAddress, PASSWORD, register, type Person } from '../support/people';
import { enrollTotp } from '../support/secondFactor';
import { SocketClient } from '../support/SocketClient';
import { TestPlatform } from '../support/testPlatform';
import { startTwoNodes, type TwoNodes } from '../support/twoNodes';

const SECRET = 'a secret that these tests may sign with';
const published = ecKeyPair();

describe('Attacks on tokens', () => {
  let nodes: TwoNodes;
  let platform: TestPlatform;

  beforeAll(async () => {
    nodes = await startTwoNodes();
    platform = nodes.one;
  });

  afterAll(() => nodes.stop());

  const refresh = (refreshToken: string, node = platform) => node.api.post('/auth/refresh-token', { refreshToken });

  it('26: one refresh token on two nodes 20 times at once, and its grandchild', async () => {
    const person = await register(platform);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => refresh(person.refreshToken, index % 2 ? nodes.one : nodes.two)),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const [child, ...others] = new Set(answers.map(({ body }) => body.data.refreshToken));
    expect(others).toEqual([]);
    const live = () =>
      platform.query(
        `SELECT 1 FROM refresh_tokens JOIN sessions ON sessions.id = session_id
         WHERE user_id = $1 AND spent_at IS NULL AND revoked_at IS NULL`,
        [person.id],
      );
    expect(await live()).toHaveLength(1);
    const grandchild = (await refresh(child, nodes.two)).body.data.refreshToken;
    expectProblem(await refresh(person.refreshToken), 401, 'TOKEN_REUSED');
    for (const token of [person.refreshToken, child, grandchild]) {
      expectProblem(await refresh(token, nodes.two), 401, 'SESSION_REVOKED');
    }
    expect(await live()).toEqual([]);
  });

  describe.each([
    ['HS256', { JWT_SECRET: SECRET, JWT_OTHER_PUBLIC_KEYS: published.publicPem }, hmac(SECRET)],
    ['ES256', { JWT_SECRET: SECRET, JWT_PRIVATE_KEY: published.privatePem }, ecdsa(published.privateKey)],
  ])('27: forged tokens where %s signs', (algorithm, environment, signer) => {
    let node: TestPlatform;
    let person: Person;

    beforeAll(async () => {
      node = await TestPlatform.start({ environment });
      person = await register(node);
    });

    afterAll(() => node.stop());

    /** What a token is answered with: by a request, and by a socket that it is to open. */
    const answers = async (token: string): Promise<string[]> => {
      const { status, body } = await node.api.as(token).get('/users/me');
      const socket = await SocketClient.connect(node.address, { token }).catch(({ problem }) => problem);
      if (!(socket instanceof SocketClient)) return [body.code ?? status, socket.code];
      socket.disconnect();
      return [body.code ?? status, 'connected'];
    };

    it('let in the one that is made as ours are', async () => {
      const { header, payload } = partsOf(person.accessToken);
      expect(header.alg).toBe(algorithm);
      expect(await answers(jws(header, payload, signer))).toEqual([200, 'connected']);
    });

    it('open neither a route nor a socket', async () => {
      const { refreshToken: notAccess, accessToken: token } = person;
      const { header, payload } = partsOf(token);
      const bySecret = jws({ alg: 'HS256', typ: 'at+jwt', kid: header.kid }, payload, hmac(SECRET));
      const forged = [
        ...forgedTokens({ token, signer, published }),
        ['another person in it', jws(header, { ...payload, sub: (await register(node)).id }, signer)] as const,
        ['a refresh token', notAccess] as const,
        ...(algorithm === 'ES256' ? [['the secret of the other algorithm', bySecret] as const] : []),
      ];
      for (const [what, attempt] of forged) {
        expect([what, ...(await answers(attempt))]).toEqual([what, 'UNAUTHENTICATED', 'UNAUTHENTICATED']);
      }
    });

    it('tell that they have expired only if they were good once', async () => {
      const { header, payload } = partsOf(person.accessToken);
      const expired = { ...payload, exp: payload.iat - 1 };
      expect(await answers(jws(header, expired, signer))).toEqual(['TOKEN_EXPIRED', 'TOKEN_EXPIRED']);
      const byOthers = jws({ ...header, alg: 'HS256' }, expired, hmac(published.publicPem));
      expect(await answers(byOthers)).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
    });
  });

  describe('30: a session before its second factor', () => {
    let mfaToken: string;
    let secret: string;

    beforeAll(async () => {
      const person = await register(platform);
      ({ secret } = await enrollTotp(person));
      ({ mfaToken } = (await login(platform, person.email)).body.data);
    });

    const closed = declaredRoutes.filter(({ access }) => access.kind !== 'anyone');

    it.each(closed.map((route) => [nameOf(route), route] as const))('opens nothing: %s', async (_name, route) => {
      const path = route.path.replaceAll(/:\w+/g, '01900000-0000-7000-8000-000000000000');
      const answer = await platform.api.as(mfaToken).send(route.method.toUpperCase(), path, undefined);
      expectProblem(answer, 401, 'UNAUTHENTICATED');
    });

    it('is no other token either, and can be completed all the same', async () => {
      const { api } = platform;
      const before = await databaseSnapshot(platform);
      expectProblem(await refresh(mfaToken), 401, 'UNAUTHENTICATED');
      const reset = { token: mfaToken, password: NEW_PASSWORD };
      expectProblem(await api.post('/auth/reset-password', reset), 400, 'INVALID_TOKEN');
      expectProblem(await api.post('/auth/verify-email', { token: mfaToken }), 400, 'INVALID_TOKEN');
      const account = { email: anAddress(), name: 'x', password: PASSWORD, invitationToken: mfaToken };
      expectProblem(await api.post('/auth/register', account), 400, 'INVALID_TOKEN');
      expect(await databaseSnapshot(platform)).toEqual(before);
      const handshake = SocketClient.connect(platform.address, { token: mfaToken });
      await expect(handshake).rejects.toMatchObject({ problem: { status: 401, code: 'UNAUTHENTICATED' } });
      const code = authenticatorCode(secret);
      expect((await platform.api.post('/auth/mfa/challenge', { mfaToken, code })).status).toBe(200);
    });
  });
});
