import { configurations, PRODUCTION } from '../../../../tests/support/configurations';

const { load, problems } = configurations();

describe('identity providers', () => {
  const ACME = { name: 'acme', issuer: 'https://id.example.com/', clientId: 'atrium', clientSecret: 'canary-93f1' };

  const refusal = (providers: unknown, environment: Record<string, string> = {}) =>
    problems({ ...environment, OIDC_PROVIDERS: JSON.stringify(providers) }).OIDC_PROVIDERS;

  it('keep what is said of them, and ask for the usual scopes', () => {
    const open = { name: 'open-1', issuer: 'http://localhost:9', clientId: 'atrium', scopes: 'email openid' };
    expect(load({ OIDC_PROVIDERS: JSON.stringify([ACME, open]) }).oidcProviders).toEqual([
      { ...ACME, scopes: 'openid email profile' },
      open,
    ]);
    expect(load({ OIDC_PROVIDERS: '[]' }).oidcProviders).toEqual([]);
  });

  it.each([
    ['no list', ACME, /^must be a JSON list/],
    ['a list of something else', ['canary-93f1'], /^must be a JSON list/],
    ['a name that is no path segment', [{ ...ACME, name: 'Canary-93f1' }], /^\[0\]\.name must be 1 to 64 of /],
    ['the same name twice', [ACME, ACME], /^\[1\] has the name of another one$/],
    ['no issuer', [ACME, { name: 'b', clientId: 'atrium' }], /^\[1\]\.issuer must be a URL with https: or http:/],
    ['an issuer with credentials', [{ ...ACME, issuer: 'https://canary-93f1@id.example.com' }], /^\[0\]\.issuer must/],
    ['an issuer of another protocol', [{ ...ACME, issuer: 'ftp://canary-93f1' }], /^\[0\]\.issuer must/],
    ['no client', [{ ...ACME, clientId: '' }], /^\[0\]\.clientId must be a text$/],
    ['a secret that is no text', [{ ...ACME, clientSecret: 93 }], /^\[0\]\.clientSecret must be a text$/],
    ['scopes without openid', [{ ...ACME, scopes: 'email openid2' }], /^\[0\]\.scopes must be names/],
    ['a member that nobody knows', [{ ...ACME, 'canary-93f1': 1 }], /^\[0\] has a member that means nothing$/],
  ])('are refused with %s, which is not repeated', (_, providers, message) => {
    expect(refusal(providers)).toMatch(message);
    expect(refusal(providers)).not.toMatch(/canary-93f1/i);
  });

  it('speak TLS in production, and know where to send people back', () => {
    const production = { ...PRODUCTION, PUBLIC_URL: 'https://api.example.com/' };
    expect(refusal([{ ...ACME, issuer: 'http://id.example.com' }], production)).toMatch(
      /^\[0\]\.issuer must be .* https:,/,
    );
    const providers = JSON.stringify([ACME]);
    expect(problems({ ...PRODUCTION, OIDC_PROVIDERS: providers })).toEqual({
      PUBLIC_URL: 'is required in production, for OIDC_PROVIDERS',
    });
    expect(load({ ...production, OIDC_PROVIDERS: providers })).toMatchObject({ publicUrl: 'https://api.example.com' });
  });

  it('find a platform in development at its port', () => {
    expect(load({ PORT: '4000' }).publicUrl).toBe('http://localhost:4000');
  });
});
