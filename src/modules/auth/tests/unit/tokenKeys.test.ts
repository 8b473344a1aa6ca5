import { ecKeyPair } from '../../../../../tests/support/ecKeyPair';
import { JwksDocument } from '../../infrastructure/JwksDocument';
import { TokenKeys, type TokenKeySettings } from '../../infrastructure/TokenKeys';

const SECRET = Buffer.from('a secret of the tests that is long enough');
const old = ecKeyPair();
const young = ecKeyPair();

const keysOf = (settings: Partial<TokenKeySettings> = {}): TokenKeys =>
  new TokenKeys({ secret: SECRET, privateKey: null, otherPublicKeys: [], ...settings });

describe('Keys of access tokens', () => {
  it('are the secret alone by default, under a name that stays and says nothing of it', () => {
    const { signing, published } = keysOf();
    expect(signing).toMatchObject({ algorithm: 'HS256', kid: expect.stringMatching(/^[\w-]{16}$/) });
    expect(signing.key.export()).toEqual(SECRET);
    expect(published).toEqual([]);
    expect(keysOf().signing.kid).toBe(signing.kid);
    expect(keysOf({ secret: Buffer.from('another secret') }).signing.kid).not.toBe(signing.kid);
  });

  it('sign with the private key where there is one, under the thumbprint of its public key', () => {
    const { signing } = keysOf({ privateKey: old.privatePem });
    expect(signing).toMatchObject({ algorithm: 'ES256', kid: old.kid });
    expect(signing.key.type).toBe('private');
  });

  it('are found by their names, and for verifying only', () => {
    const keys = keysOf({ privateKey: young.privatePem, otherPublicKeys: [old.publicPem] });
    for (const { kid, publicKey } of [old, young]) {
      const found = keys.find(kid);
      expect(found).toMatchObject({ kid, algorithm: 'ES256' });
      expect(found?.key.equals(publicKey)).toBe(true);
    }
  });

  it.each([
    undefined,
    null,
    '',
    'unknown',
    '../../dev/null',
    '__proto__',
    'size',
    0,
    true,
    {},
    [old.kid],
    { kid: old.kid },
  ])('have none that is named %p beside a private key', (name) => {
    expect(keysOf({ privateKey: old.privatePem }).find(name)).toBeUndefined();
  });

  it('have the secret no more beside a private key', () => {
    const { kid } = keysOf().signing;
    expect(keysOf().find(kid)?.algorithm).toBe('HS256');
    expect(keysOf().find(undefined)?.kid).toBe(kid);
    expect(keysOf({ privateKey: old.privatePem }).find(kid)).toBeUndefined();
  });

  it('are published before they sign', () => {
    const keys = keysOf({ otherPublicKeys: [old.publicPem] });
    expect(keys.signing.algorithm).toBe('HS256');
    expect(keys.published.map(({ kid }) => kid)).toEqual([old.kid]);
  });
});

describe('The published key set', () => {
  const setOf = (settings: Partial<TokenKeySettings>) => new JwksDocument(keysOf(settings)).content;

  it('is empty while the secret signs', () => {
    expect(setOf({})).toEqual({ keys: [] });
  });

  it('holds what is public of each key once, however often it is named', () => {
    const settings = { privateKey: young.privatePem, otherPublicKeys: [old.publicPem, young.publicPem] };
    const published = (pair: typeof old) => {
      const { x, y } = pair.publicKey.export({ format: 'jwk' });
      return { kty: 'EC', crv: 'P-256', x, y, kid: pair.kid, alg: 'ES256', use: 'sig' };
    };
    expect(setOf(settings)).toEqual({ keys: [published(young), published(old)] });
  });

  it('has the thumbprint of RFC 7638 as the name of a key', () => {
    // The key of RFC 7515, appendix A.3, as PEM.
    const pem = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV7
6e8Tus9uPHvRVEXH8UTNG72bfocs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==
-----END PUBLIC KEY-----`;
    expect(keysOf({ otherPublicKeys: [pem] }).published.map(({ kid }) => kid)).toEqual([
      'oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U',
    ]);
  });
});
