import { createSecretKey } from 'node:crypto';
import { ecKeyPair } from '../../../../../tests/support/ecKeyPair';
import { forgedTokens } from '../../../../../tests/support/forgedTokens';
import { ecdsa, hmac, jws, partsOf, type Signer } from '../../../../../tests/support/jws';
import { newId, type SessionId, type UserId, type WorkspaceId } from '../../../../core/domain/Id';
import { JwtAccessTokens } from '../../infrastructure/JwtAccessTokens';
import { TokenKeys } from '../../infrastructure/TokenKeys';

const SECRET = Buffer.from('a secret of the tests that is long enough');
const own = ecKeyPair();
const other = ecKeyPair();
const claims = { userId: newId<UserId>(), sessionId: newId<SessionId>() };

function accessTokens(privateKey: string | null, otherPublicKeys: string[] = [], expiresInSeconds = 900) {
  return new JwtAccessTokens(new TokenKeys({ secret: SECRET, privateKey, otherPublicKeys }), { expiresInSeconds });
}

const UNAUTHENTICATED = expect.objectContaining({ kind: 'unauthenticated', code: 'UNAUTHENTICATED' });
const EXPIRED = expect.objectContaining({ kind: 'unauthenticated', code: 'TOKEN_EXPIRED' });

const bySecret: Signer = hmac(createSecretKey(SECRET));

describe.each([
  ['HS256', null, bySecret, other],
  ['ES256', own.privatePem, ecdsa(own.privateKey), own],
])('An access token signed with %s', (algorithm, privateKey, signer, published) => {
  const tokens = accessTokens(privateKey, [other.publicPem]);
  const token = tokens.issue(claims);
  const { header, payload } = partsOf(token);

  it('tells who, in which session, and until when', () => {
    const { expiresAt, ...rest } = tokens.verify(token);
    expect(rest).toEqual(claims);
    expect(expiresAt).toEqual(new Date(payload.exp * 1000));
    expect(payload.exp - payload.iat).toBe(900);
  });

  it('tells the workspace that it was issued for', () => {
    const workspaceId = newId<WorkspaceId>();
    expect(tokens.verify(tokens.issue({ ...claims, workspaceId }))).toMatchObject({ ...claims, workspaceId });
  });

  it('names its kind and its key, and nothing else', () => {
    expect(header).toEqual({ alg: algorithm, typ: 'at+jwt', kid: expect.stringMatching(/^[\w-]{16,43}$/) });
  });

  it('holds nothing but that: no role, no permission, no address', () => {
    expect(Object.keys(payload).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'jti', 'sid', 'sub']);
  });

  it('is another one each time', () => {
    expect(tokens.issue(claims)).not.toBe(tokens.issue(claims));
  });

  it('is taken as we would have made it, whatever else its header says', () => {
    expect(tokens.verify(jws(header, payload, signer))).toMatchObject(claims);
    const more = { ...header, jku: 'http://127.0.0.1:9/', x5u: 'http://127.0.0.1:9/', jwk: { kty: 'oct', k: 'b3du' } };
    expect(tokens.verify(jws(more, payload, signer))).toMatchObject(claims);
  });

  it('is taken from nodes that sign with another key already, or still', () => {
    const elsewhere = accessTokens(other.privatePem).issue(claims);
    expect(tokens.verify(elsewhere)).toMatchObject(claims);
    expect(() => accessTokens(privateKey).verify(elsewhere)).toThrow(UNAUTHENTICATED);
  });

  it.each([['nothing', ''] as const, ...forgedTokens({ token, signer, published })])(
    'is refused with %s',
    (_what, forged) => {
      expect(() => tokens.verify(forged)).toThrow(UNAUTHENTICATED);
      expect(() => tokens.verify(forged, { expiredToo: true })).toThrow(UNAUTHENTICATED);
    },
  );

  it('says of itself that it has expired, once it has', () => {
    const old = accessTokens(privateKey, [], 0).issue(claims);
    expect(() => tokens.verify(old)).toThrow(EXPIRED);
    expect(tokens.verify(old, { expiredToo: true })).toMatchObject(claims);
    expect(() => tokens.verify(old)).toThrow(EXPIRED);
    const forged = jws({ ...header, alg: 'none' }, { ...payload, exp: 1 }, () => Buffer.alloc(0));
    expect(() => tokens.verify(forged)).toThrow(UNAUTHENTICATED);
  });
});

describe('Access tokens', () => {
  afterEach(() => jest.useRealTimers());

  it('expire at their time, however often they were shown before', () => {
    const tokens = accessTokens(null);
    const token = tokens.issue(claims);
    const { expiresAt } = tokens.verify(token);
    jest.useFakeTimers({ now: expiresAt.getTime() - 1 });
    expect(tokens.verify(token)).toMatchObject(claims);
    jest.setSystemTime(expiresAt);
    expect(() => tokens.verify(token)).toThrow(EXPIRED);
  });

  it('are refused with another signature also after the right one was shown', () => {
    const tokens = accessTokens(null);
    const token = tokens.issue(claims);
    tokens.verify(token);
    const { header, payload } = partsOf(token);
    expect(() => tokens.verify(jws(header, payload, hmac('another secret')))).toThrow(UNAUTHENTICATED);
  });

  it('of the secret are over once there is a private key, the right secret or not', () => {
    const before = accessTokens(null).issue(claims);
    const { payload } = partsOf(before);
    const tokens = accessTokens(own.privatePem, [other.publicPem]);
    expect(() => tokens.verify(before)).toThrow(UNAUTHENTICATED);
    for (const kid of [undefined, own.kid, other.kid]) {
      const header = { alg: 'HS256', typ: 'at+jwt', kid };
      expect(() => tokens.verify(jws(header, payload, bySecret))).toThrow(UNAUTHENTICATED);
    }
  });

  it.each(['384', '512'])('of the secret are none by HMAC with SHA-%s', (bits) => {
    const tokens = accessTokens(null);
    const { header, payload } = partsOf(tokens.issue(claims));
    const stronger = jws({ ...header, alg: `HS${bits}` }, payload, hmac(createSecretKey(SECRET), `sha${bits}`));
    expect(() => tokens.verify(stronger)).toThrow(UNAUTHENTICATED);
  });

  it('of the secret need not name it', () => {
    const tokens = accessTokens(null, [other.publicPem]);
    const { header, payload } = partsOf(tokens.issue(claims));
    const unnamed = { ...header, kid: undefined };
    expect(tokens.verify(jws(unnamed, payload, bySecret))).toMatchObject(claims);
    expect(() => tokens.verify(jws(unnamed, payload, hmac('another secret')))).toThrow(UNAUTHENTICATED);
  });

  it('of a private key must name it', () => {
    const tokens = accessTokens(own.privatePem);
    const { header, payload } = partsOf(tokens.issue(claims));
    const unnamed = { ...header, kid: undefined };
    expect(() => tokens.verify(jws(unnamed, payload, ecdsa(own.privateKey)))).toThrow(UNAUTHENTICATED);
  });

  it('of one published key are none of another', () => {
    const tokens = accessTokens(own.privatePem, [other.publicPem]);
    const { header, payload } = partsOf(tokens.issue(claims));
    const swapped = jws({ ...header, kid: other.kid }, payload, ecdsa(own.privateKey));
    expect(() => tokens.verify(swapped)).toThrow(UNAUTHENTICATED);
  });
});
