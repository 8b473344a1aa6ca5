import { createHmac, generateKeyPairSync } from 'node:crypto';
import { decode } from 'jsonwebtoken';
import { authenticatorCode } from '../support/authenticatorApp';
import { databaseSnapshot } from '../support/databaseSnapshot';
import { declaredRoutes, nameOf } from '../support/declaredRoutes';
import { expectProblem } from '../support/expectProblem';
import { login, NEW_PASSWORD } from '../support/passwords';
import { anAddress, PASSWORD, register } from '../support/people';
import { enrollTotp } from '../support/secondFactor';
import { SocketClient } from '../support/SocketClient';
import type { TestPlatform } from '../support/testPlatform';
import { startTwoNodes, type TwoNodes } from '../support/twoNodes';

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

  // Over HTTP they are in accessTokens.routes.test.ts of the auth module.
  it('27: forged tokens open no socket either', async () => {
    const { accessToken, refreshToken } = await register(platform);
    const other = await register(platform);
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const [, payload = '', signature = ''] = accessToken.split('.');
    const header = (members: object) =>
      Buffer.from(JSON.stringify({ typ: 'at+jwt', ...members })).toString('base64url');
    const signed = (key: string, members = {}) => {
      const content = `${header({ alg: 'HS256', ...members })}.${payload}`;
      return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
    };
    const admin = Buffer.from(JSON.stringify({ ...decode(accessToken, { json: true }), sub: other.id })).toString(
      'base64url',
    );
    const forged = [
      `${header({ alg: 'none' })}.${payload}.`,
      `${header({ alg: 'NONE' })}.${payload}.${signature}`,
      `${header({ alg: 'HS256', b64: false, crit: ['b64'] })}.${payload}.${signature}`,
      `${accessToken.split('.')[0]}.${admin}.${signature}`,
      signed(String(publicKey.export({ type: 'spki', format: 'pem' }))),
      signed('', { kid: '../../../../dev/null' }),
      signed('own', { jku: `${platform.address}/keys`, jwk: { kty: 'oct', k: 'b3du' } }),
      refreshToken,
    ];
    for (const token of forged) {
      const refused = SocketClient.connect(platform.address, { token });
      await expect(refused).rejects.toMatchObject({ problem: { status: 401, code: 'UNAUTHENTICATED' } });
    }
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
