import { generateKeyPairSync } from 'node:crypto';
import { decode, sign, type JwtPayload, type SignOptions } from 'jsonwebtoken';
import { eventually } from '../../../../../tests/support/eventually';
import { expectProblem } from '../../../../../tests/support/expectProblem';
import { makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import { newId } from '../../../../core/domain/Id';

const SECRET = 'a secret that these tests may sign with';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PUBLIC_PEM = publicKey.export({ type: 'spki', format: 'pem' });

const HEADER = { alg: 'HS256', typ: 'at+jwt' };

describe('Access tokens', () => {
  let platform: TestPlatform;
  let person: Person;
  let claims: JwtPayload;

  beforeAll(async () => {
    platform = await TestPlatform.start({ environment: { JWT_SECRET: SECRET } });
    person = await signUp(platform);
    claims = decode(person.accessToken, { json: true }) ?? {};
  });

  afterAll(() => platform.stop());

  const now = Math.floor(Date.now() / 1000);

  const me = (token: string) => platform.api.as(token).get('/users/me');

  /** A token that is right but for what is given. */
  const forged = (different: JwtPayload, header: object = {}, secret = SECRET): string =>
    // Without the members that are undefined, as JSON is.
    sign(JSON.parse(JSON.stringify({ ...claims, ...different })), secret, { header: { ...HEADER, ...header } });

  const base64 = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

  it('are signed by the secret, as what they are, and for a while', async () => {
    expect(decode(person.accessToken, { complete: true })?.header).toEqual({ ...HEADER, kid: expect.any(String) });
    expect(claims).toEqual({
      iss: 'atrium',
      aud: 'atrium',
      sub: person.id,
      sid: expect.any(String),
      jti: expect.any(String),
      iat: expect.any(Number),
      exp: (claims.iat ?? 0) + 900,
    });
    expect((await me(forged({}))).status).toBe(200);
  });

  it.each<[string, () => string]>([
    ['garbage', () => 'garbage'],
    ['three dots', () => '...'],
    ['one without a signature', () => person.accessToken.replace(/[^.]+$/, '')],
    ['one with another signature', () => person.accessToken.replace(/[^.]+$/, 'A'.repeat(43))],
    ['one that is not signed', () => `${base64({ ...HEADER, alg: 'none' })}.${base64(claims)}.`],
    ['one that is not signed, in other letters', () => `${base64({ ...HEADER, alg: 'nOnE' })}.${base64(claims)}.`],
    ['one signed with another secret', () => forged({}, {}, 'another secret that is just as long')],
    ['one signed with another hash', () => forged({}, { alg: 'HS512' })],
    [
      'one signed with a public key as if it were a secret',
      () => sign(claims, String(PUBLIC_PEM), { header: HEADER } as SignOptions),
    ],
    ['one signed with a private key', () => sign(claims, privateKey, { header: { ...HEADER, alg: 'RS256' } })],
    [
      'one that brings its own key',
      () => forged({}, { jku: `${platform.address}/keys`, kid: '../../dev/null' }, 'own'),
    ],
    ['one of another kind', () => forged({}, { typ: 'JWT' })],
    ['one of no kind', () => forged({}, { typ: undefined })],
    ['one for another audience', () => forged({ aud: 'another' })],
    ['one of another issuer', () => forged({ iss: 'another' })],
    ['one that is not valid yet', () => forged({ nbf: now + 600 })],
    ['one without an end', () => forged({ exp: undefined })],
    ['one without a person', () => forged({ sub: undefined })],
    ['one without a session', () => forged({ sid: undefined })],
    ['one for a session that there is not', () => forged({ sid: newId() })],
    ['one for the session of somebody else', () => forged({ sub: newId() })],
    ['a refresh token', () => person.refreshToken],
  ])('are refused: %s', async (_what, token) => {
    expectProblem(await me(token()), 401, 'UNAUTHENTICATED');
  });

  it('are refused when they have expired, and say so', async () => {
    const answer = await me(forged({ iat: now - 1000, exp: now - 1 }));
    expectProblem(answer, 401, 'TOKEN_EXPIRED');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="atrium", error="invalid_token"');
  });

  it('end with their session', async () => {
    const other = await signUp(platform);
    await platform.query('UPDATE sessions SET expires_at = now() WHERE user_id = $1', [other.id]);
    await eventually(async () => expectProblem(await other.api.get('/users/me'), 401, 'TOKEN_EXPIRED'));
  });

  it.each([
    ['none', {}],
    ['an empty one', { Authorization: '' }],
    ['another scheme', { Authorization: 'Basic YTpi' }],
    ['a scheme alone', { Authorization: 'Bearer' }],
    ['two of them', { Authorization: 'Bearer one two' }],
  ])('are asked for: %s', async (_what, headers) => {
    expectProblem(await platform.api.get('/users/me', headers), 401, 'UNAUTHENTICATED');
  });

  it('are not taken from the query, a cookie or a body', async () => {
    const { accessToken: token } = person;
    expectProblem(await platform.api.get(`/users/me?access_token=${token}`), 401, 'UNAUTHENTICATED');
    expectProblem(await platform.api.get('/users/me', { Cookie: `accessToken=${token}` }), 401, 'UNAUTHENTICATED');
    expectProblem(await platform.api.post('/workspaces', { name: 'x', token }), 401, 'UNAUTHENTICATED');
  });

  it('are looked at before anything else of a request', async () => {
    for (const path of ['/users/not-an-id', '/users?limit=0', '/workspaces/not-an-id', '/roles?x=1', '/permissions']) {
      expectProblem(await platform.api.get(path), 401, 'UNAUTHENTICATED');
    }
  });

  describe('issued by POST /workspaces/:id/switch', () => {
    it('imply their workspace, tell what one may do there, and end with the session', async () => {
      const owner = await signUp(platform);
      const workspaceId = await makeWorkspace(owner);
      const { status, body, headers } = await owner.api.post(`/workspaces/${workspaceId}/switch`);
      expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
      const catalogue = await owner.api.get('/permissions', { 'X-Workspace-Id': workspaceId });
      expect(body.data).toEqual({
        accessToken: expect.any(String),
        expiresIn: 900,
        workspace: (await owner.api.get(`/workspaces/${workspaceId}`)).body.data,
        roles: ['owner'],
        permissions: catalogue.body.data.map(({ key }: { key: string }) => key),
      });

      const switched = platform.api.as(body.data.accessToken);
      expect((await switched.get('/users')).body.data).toMatchObject([{ id: owner.id }]);
      const other = await makeWorkspace(owner);
      const elsewhere = await switched.get('/users', { 'X-Workspace-Id': other });
      expect(elsewhere.body.data).toMatchObject([{ id: owner.id, roles: [{ key: 'owner' }] }]);
      await owner.api.post('/auth/logout');
      await eventually(async () => expectProblem(await switched.get('/users'), 401, 'SESSION_REVOKED'));
    });

    it('are for members only, and their claims do not make one', async () => {
      const owner = await signUp(platform);
      const workspaceId = await makeWorkspace(owner);
      expectProblem(await person.api.post(`/workspaces/${workspaceId}/switch`), 404, 'NOT_FOUND');
      expectProblem(await platform.api.post(`/workspaces/${workspaceId}/switch`), 401, 'UNAUTHENTICATED');
      expectProblem(await platform.api.as(forged({ wid: workspaceId })).get('/users'), 404, 'NOT_FOUND');
    });
  });
});
