import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { BrowserClient } from '../../../../../tests/support/BrowserClient';
import { createTestDatabase, type TestDatabase } from '../../../../../tests/support/databases';
import { ecKeyPair } from '../../../../../tests/support/ecKeyPair';
import { expectProblem } from '../../../../../tests/support/expectProblem';
import { partsOf } from '../../../../../tests/support/jws';
import { login } from '../../../../../tests/support/passwords';
import { register } from '../../../../../tests/support/people';
import { TestPlatform } from '../../../../../tests/support/testPlatform';

const old = ecKeyPair();
const young = ecKeyPair();

const HS256 = {};
const HS256_BEFORE_OLD = { JWT_OTHER_PUBLIC_KEYS: old.publicPem };
const OLD = { JWT_PRIVATE_KEY: old.privatePem };
const OLD_BEFORE_YOUNG = { ...OLD, JWT_OTHER_PUBLIC_KEYS: young.publicPem };
const YOUNG_AFTER_OLD = { JWT_PRIVATE_KEY: young.privatePem, JWT_OTHER_PUBLIC_KEYS: old.publicPem };
const YOUNG = { JWT_PRIVATE_KEY: young.privatePem };

interface JsonWebKeySet {
  readonly keys: (JsonWebKey & { readonly kid: string })[];
}

const keySetOf = (node: TestPlatform): Promise<Response> => fetch(`${node.address}/.well-known/jwks.json`);

const publishedBy = async (node: TestPlatform): Promise<string[]> =>
  ((await (await keySetOf(node)).json()) as JsonWebKeySet).keys.map(({ kid }) => kid);

const me = async (node: TestPlatform, token: string): Promise<number> =>
  (await node.api.as(token).get('/users/me')).status;

describe('Keys of access tokens', () => {
  let database: TestDatabase;
  let nodes: [TestPlatform, TestPlatform];
  let email: string;

  const start = (environment: NodeJS.ProcessEnv) => TestPlatform.start({ environment, database });

  /** Starts the nodes anew, one after the other. */
  async function restart(...settings: readonly [NodeJS.ProcessEnv, NodeJS.ProcessEnv]): Promise<void> {
    for (const [index, environment] of settings.entries()) {
      await nodes[index]?.stop();
      nodes[index] = await start(environment);
    }
  }

  async function signIn(node: TestPlatform): Promise<{ accessToken: string; refreshToken: string }> {
    return (await login(node, email)).body.data;
  }

  beforeAll(async () => {
    database = await createTestDatabase();
    nodes = [await start(OLD), await start(OLD)];
    ({ email } = await register(nodes[0]));
  });

  afterAll(async () => {
    for (const node of nodes) await node.stop();
    await database.drop();
  });

  it('are published where other services look for them, for a while', async () => {
    const answer = await keySetOf(nodes[0]);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json\b/);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await answer.json()).toEqual({
      keys: [
        {
          kty: 'EC',
          crv: 'P-256',
          x: expect.any(String),
          y: expect.any(String),
          kid: old.kid,
          alg: 'ES256',
          use: 'sig',
        },
      ],
    });
    expect(await (await fetch(`${nodes[0].address}/openapi.json`)).text()).not.toContain('jwks');
  });

  it('let another service verify a token with nothing but them', async () => {
    const { accessToken } = await signIn(nodes[0]);
    const { header, content, signature } = partsOf(accessToken);
    const { keys } = (await (await keySetOf(nodes[1])).json()) as JsonWebKeySet;
    const jwk = keys.find(({ kid }) => kid === header.kid) ?? {};
    const key = { key: createPublicKey({ format: 'jwk', key: jwk }), dsaEncoding: 'ieee-p1363' } as const;
    expect(verify('sha256', Buffer.from(content), key, signature)).toBe(true);
    expect(verify('sha256', Buffer.from(`${content}x`), key, signature)).toBe(false);
  });

  it('are changed without any token being refused', async () => {
    const { accessToken: before } = await signIn(nodes[0]);
    await restart(OLD_BEFORE_YOUNG, OLD_BEFORE_YOUNG);
    for (const node of nodes) expect(await publishedBy(node)).toEqual([old.kid, young.kid]);
    expect(partsOf((await signIn(nodes[0])).accessToken).header.kid).toBe(old.kid);

    // In the midst of the second step each signs with a key of its own.
    await restart(OLD_BEFORE_YOUNG, YOUNG_AFTER_OLD);
    const tokens = [before, (await signIn(nodes[0])).accessToken, (await signIn(nodes[1])).accessToken];
    expect(tokens.map((token) => partsOf(token).header.kid)).toEqual([old.kid, old.kid, young.kid]);
    for (const token of tokens) expect([await me(nodes[0], token), await me(nodes[1], token)]).toEqual([200, 200]);

    await restart(YOUNG_AFTER_OLD, YOUNG_AFTER_OLD);
    for (const token of tokens) expect([await me(nodes[0], token), await me(nodes[1], token)]).toEqual([200, 200]);
    for (const node of nodes) expect((await publishedBy(node)).sort()).toEqual([old.kid, young.kid].sort());
  });

  it('count no more once they are dropped, and sessions go on', async () => {
    await restart(OLD_BEFORE_YOUNG, YOUNG);
    const { accessToken, refreshToken } = await signIn(nodes[0]);
    expect(await publishedBy(nodes[1])).toEqual([young.kid]);
    expectProblem(await nodes[1].api.as(accessToken).get('/users/me'), 401, 'UNAUTHENTICATED');
    const { status, body } = await nodes[1].api.post('/auth/refresh-token', { refreshToken });
    expect(status).toBe(200);
    expect(partsOf(body.data.accessToken).header).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: young.kid });
    expect(await me(nodes[1], body.data.accessToken)).toBe(200);
  });

  it('are none by default; sessions survive the step to ES256 by one refresh', async () => {
    await restart(HS256, HS256_BEFORE_OLD);
    expect(await publishedBy(nodes[0])).toEqual([]);
    expect(await publishedBy(nodes[1])).toEqual([old.kid]);
    const { accessToken, refreshToken } = await signIn(nodes[0]);
    expect(partsOf(accessToken).header.alg).toBe('HS256');
    expect([await me(nodes[0], accessToken), await me(nodes[1], accessToken)]).toEqual([200, 200]);

    const browser = await BrowserClient.signIn(nodes[0], email);

    await restart(OLD, HS256_BEFORE_OLD);
    expectProblem(await nodes[0].api.as(accessToken).get('/users/me'), 401, 'UNAUTHENTICATED');
    const { body } = await nodes[0].api.post('/auth/refresh-token', { refreshToken });
    expect(partsOf(body.data.accessToken).header).toMatchObject({ alg: 'ES256', kid: old.kid });
    for (const node of nodes) expect(await me(node, body.data.accessToken)).toBe(200);

    // A page can't tell its session by the cookie of before, and asks for its CSRF token anew.
    const page = new BrowserClient(nodes[0].api);
    for (const [name, value] of browser.jar) page.jar.set(name, value);
    expectProblem(await page.get('/users/me'), 401, 'UNAUTHENTICATED');
    await page.readCsrfToken();
    expect((await page.post('/auth/refresh-token')).status).toBe(200);
  });
});
