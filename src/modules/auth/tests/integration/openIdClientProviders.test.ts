import { generateKeyPairSync } from 'node:crypto';
import { OidcPeer } from '../../../../../tests/support/OidcPeer';
import type { AnswerChecks } from '../../application/IdentityProviders';
import { OpenIdClientProviders } from '../../infrastructure/OpenIdClientProviders';

const PUBLIC_URL = 'https://api.example.com';
const CALLBACK = `${PUBLIC_URL}/api/v1/auth/oidc/acme/callback`;

const ADA = { email: 'ada@example.com', email_verified: true, name: 'Ada Lovelace' };

const INVALID_TOKEN = { kind: 'invalid', code: 'INVALID_TOKEN' };
const UNAVAILABLE = { kind: 'unavailable', code: 'SERVICE_UNAVAILABLE', details: { retryAfter: expect.any(Number) } };

const providersOf = (...peers: readonly OidcPeer[]) =>
  new OpenIdClientProviders(
    peers.map(({ setting }) => setting),
    PUBLIC_URL,
    '/api/v1',
  );

describe('OpenIdClientProviders', () => {
  let peer: OidcPeer;
  let providers: OpenIdClientProviders;

  /** A sign-in up to where the provider sends the browser back. */
  const visit = async (as: string | null = 'ada') => {
    const { url, checks } = await providers.start('acme');
    const { searchParams } = await peer.visit(url, as);
    return { answer: Object.fromEntries(searchParams), checks };
  };

  const finish = async (changes: { answer?: Record<string, string>; checks?: Partial<AnswerChecks> } = {}) => {
    const { answer, checks } = await visit();
    return providers.finish('acme', { ...answer, ...changes.answer }, { ...checks, ...changes.checks });
  };

  beforeAll(async () => {
    peer = await OidcPeer.start({ callbacks: [CALLBACK] });
    peer.people.set('ada', ADA);
  });

  beforeEach(() => {
    providers = providersOf(peer);
    peer.overrides.clear();
  });

  afterAll(() => peer.stop());

  it('knows those of the configuration', () => {
    expect(() => providers.assertKnown('acme')).not.toThrow();
  });

  it.each(['other', 'ACME', '', '__proto__'])('knows none called %j', async (name) => {
    expect(() => providers.assertKnown(name)).toThrow('There is no such resource.');
    await expect(providers.start(name)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('begins a code flow with PKCE, state and nonce, back to where the configuration says', async () => {
    const { url, checks } = await providers.start('acme');
    const { origin, pathname, searchParams } = new URL(url);
    expect(`${origin}${pathname}`).toBe(`${peer.issuer}/auth`);
    expect(Object.fromEntries(searchParams)).toEqual({
      response_type: 'code',
      client_id: 'atrium',
      redirect_uri: CALLBACK,
      scope: 'openid email profile',
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    const { checks: next } = await providers.start('acme');
    for (const check of ['state', 'nonce', 'codeVerifier'] as const) {
      expect(checks[check]).toMatch(/^[\w-]{43}$/);
      expect(next[check]).not.toBe(checks[check]);
    }
  });

  it('tells who signed in, as the provider does', async () => {
    await expect(finish()).resolves.toEqual({
      issuer: peer.issuer,
      subject: 'ada',
      email: 'ada@example.com',
      emailVerified: true,
      name: 'Ada Lovelace',
    });
  });

  it.each([
    ['an address that nobody verified', { email: 'eve@example.com', email_verified: false }, 'eve@example.com'],
    ['an address of which nothing is said', { email: 'eve@example.com' }, 'eve@example.com'],
    ['an address that is verified in words', { email: 'eve@example.com', email_verified: 'true' }, 'eve@example.com'],
    ['no address', {}, null],
  ])('does not vouch for %s', async (_, claims, email) => {
    peer.people.set('eve', claims);
    const { answer, checks } = await visit('eve');
    const identity = await providers.finish('acme', answer, checks);
    expect(identity).toEqual({ issuer: peer.issuer, subject: 'eve', email, emailVerified: false, name: null });
  });

  it.each<readonly [string, { answer?: Record<string, string>; checks?: Partial<AnswerChecks> }]>([
    ['another state', { answer: { state: 'x'.repeat(43) } }],
    ['another issuer', { answer: { iss: 'https://evil.example' } }],
    ['an unknown code', { answer: { code: 'x'.repeat(43) } }],
    ['another state that was expected', { checks: { state: 'x'.repeat(43) } }],
    ['another nonce that was expected', { checks: { nonce: 'x'.repeat(43) } }],
    ['another verifier', { checks: { codeVerifier: 'x'.repeat(43) } }],
  ])('refuses an answer with %s', async (_, changes) => {
    await expect(finish(changes)).rejects.toMatchObject(INVALID_TOKEN);
  });

  it('refuses an answer without the issuer, where the provider announces that it names itself', async () => {
    const { answer, checks } = await visit();
    const { iss, ...rest } = answer;
    expect(iss).toBe(peer.issuer);
    await expect(providers.finish('acme', rest, checks)).rejects.toMatchObject(INVALID_TOKEN);
  });

  it('takes a code once', async () => {
    const { answer, checks } = await visit();
    await providers.finish('acme', answer, checks);
    await expect(providers.finish('acme', answer, checks)).rejects.toMatchObject(INVALID_TOKEN);
  });

  it('refuses an ID token that another key has signed', async () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = { ...publicKey.export({ format: 'jwk' }), kid: 'its-key', alg: 'RS256', use: 'sig' };
    peer.overrides.set('/jwks', { status: 200, body: { keys: [key] } });
    await expect(finish()).rejects.toMatchObject(INVALID_TOKEN);
  });

  it('refuses what is told of somebody else', async () => {
    peer.overrides.set('/me', { status: 200, body: { ...ADA, sub: 'somebody else' } });
    await expect(finish()).rejects.toMatchObject(INVALID_TOKEN);
  });

  it('tells that a person cancelled it', async () => {
    const { answer, checks } = await visit(null);
    expect(answer).toMatchObject({ error: 'access_denied' });
    await expect(providers.finish('acme', answer, checks)).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'PERMISSION_DENIED',
    });
    const foreign = { ...answer, state: 'x'.repeat(43) };
    await expect(providers.finish('acme', foreign, checks)).rejects.toMatchObject(INVALID_TOKEN);
  });

  it.each(['server_error', 'unauthorized_client'])('is not available when the provider says %s', async (error) => {
    const { answer, checks } = await visit(null);
    await expect(providers.finish('acme', { ...answer, error }, checks)).rejects.toMatchObject(UNAVAILABLE);
  });

  it.each(['/token', '/me', '/jwks'])('is not available when %s fails', async (path) => {
    peer.overrides.set(path, { status: 500, body: { error: 'server_error' } });
    await expect(finish()).rejects.toMatchObject(UNAVAILABLE);
  });

  it('is not available while the provider is down, and tries again', async () => {
    peer.overrides.set('/.well-known/openid-configuration', { status: 503, body: {} });
    await expect(providers.start('acme')).rejects.toMatchObject(UNAVAILABLE);
    peer.overrides.clear();
    await expect(finish()).resolves.toMatchObject({ subject: 'ada' });
  });

  it('waits no longer than a few seconds for a provider that says nothing', async () => {
    peer.overrides.set('/.well-known/openid-configuration', null);
    await expect(providers.start('acme')).rejects.toMatchObject(UNAVAILABLE);
  });

  it('does not take one issuer for another', async () => {
    const discovered = await (await fetch(`${peer.issuer}/.well-known/openid-configuration`)).json();
    const body = { ...(discovered as object), issuer: 'https://evil.example' };
    peer.overrides.set('/.well-known/openid-configuration', { status: 200, body });
    await expect(providers.start('acme')).rejects.toMatchObject(UNAVAILABLE);
  });

  it('looks a provider up once', async () => {
    await providers.start('acme');
    peer.overrides.set('/.well-known/openid-configuration', { status: 503, body: {} });
    await expect(providers.start('acme')).resolves.toBeDefined();
  });

  it.each([
    ['client_secret_basic', 'Basic'],
    ['client_secret_post', undefined],
    ['none', undefined],
  ] as const)('says who asks by %s, where the provider wants that', async (clientAuthentication, scheme) => {
    const other = await OidcPeer.start({ callbacks: [CALLBACK], clientAuthentication, everythingInIdToken: true });
    try {
      other.people.set('ada', ADA);
      const asked = providersOf(other);
      const { url, checks } = await asked.start('acme');
      const { searchParams } = await other.visit(url, 'ada');
      // All is in the ID token, so nothing else is asked for.
      other.overrides.set('/me', { status: 500, body: {} });
      const identity = await asked.finish('acme', Object.fromEntries(searchParams), checks);
      expect(identity).toMatchObject({ subject: 'ada', email: ADA.email, emailVerified: true, name: ADA.name });
      expect(other.authentications).toEqual([scheme]);
    } finally {
      await other.stop();
    }
  });

  it('is not available when the provider knows another secret', async () => {
    const wrong = { ...peer.setting, clientSecret: 'another one' };
    providers = new OpenIdClientProviders([wrong], PUBLIC_URL, '/api/v1');
    await expect(finish()).rejects.toMatchObject(UNAVAILABLE);
  });
});
