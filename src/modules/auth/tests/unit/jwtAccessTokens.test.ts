import { createHmac, generateKeyPairSync } from 'node:crypto';
import { decode, sign, type SignOptions } from 'jsonwebtoken';
import { newId, type SessionId, type UserId, type WorkspaceId } from '../../../../core/domain/Id';
import { JwtAccessTokens } from '../../infrastructure/JwtAccessTokens';

const SECRET = Buffer.from('a secret of the tests that is long enough');
const tokens = new JwtAccessTokens({ secret: SECRET, expiresInSeconds: 900 });
const claims = { userId: newId<UserId>(), sessionId: newId<SessionId>() };

const UNAUTHENTICATED = expect.objectContaining({ kind: 'unauthenticated', code: 'UNAUTHENTICATED' });
const EXPIRED = expect.objectContaining({ kind: 'unauthenticated', code: 'TOKEN_EXPIRED' });

const ISSUED: SignOptions = {
  algorithm: 'HS256',
  header: { alg: 'HS256', typ: 'at+jwt' },
  issuer: 'atrium',
  audience: 'atrium',
  subject: claims.userId,
  expiresIn: 900,
};

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token as ours, but for what is named. */
const forged = (options: SignOptions = {}, payload: object = { sid: claims.sessionId }, secret = SECRET): string =>
  sign(payload, secret, { ...ISSUED, ...options });

/** A token with any header at all, signed by our own secret. */
const withHeader = (header: object): string => {
  const seconds = Math.floor(Date.now() / 1000);
  const payload = { sid: claims.sessionId, sub: claims.userId, iss: 'atrium', aud: 'atrium', exp: seconds + 900 };
  const content = `${base64(header)}.${base64(payload)}`;
  return `${content}.${createHmac('sha256', SECRET).update(content).digest('base64url')}`;
};

describe('An access token', () => {
  it('tells who, in which session, and until when', () => {
    const { expiresAt, ...rest } = tokens.verify(tokens.issue(claims));
    expect(rest).toEqual(claims);
    const seconds = (expiresAt.getTime() - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(890);
    expect(seconds).toBeLessThanOrEqual(900);
  });

  it('tells the workspace that it was issued for', () => {
    const workspaceId = newId<WorkspaceId>();
    expect(tokens.verify(tokens.issue({ ...claims, workspaceId }))).toMatchObject({ ...claims, workspaceId });
  });

  it('holds nothing but that: no role, no permission, no address', () => {
    const payload = decode(tokens.issue(claims)) as object;
    expect(Object.keys(payload).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'jti', 'sid', 'sub']);
  });

  it('is another one each time', () => {
    expect(tokens.issue(claims)).not.toBe(tokens.issue(claims));
  });

  it('is taken as we would have made it', () => {
    expect(tokens.verify(forged())).toMatchObject(claims);
    expect(tokens.verify(withHeader({ alg: 'HS256', typ: 'at+jwt' }))).toMatchObject(claims);
  });

  it.each([
    ['nothing', ''],
    ['no token', 'made up'],
    ['three empty parts', '..'],
    ['no signature', `${tokens.issue(claims).split('.').slice(0, 2).join('.')}.`],
    ['another secret', forged({}, undefined, Buffer.from('another secret that is long enough'))],
    ['HS384', forged({ algorithm: 'HS384', header: { alg: 'HS384', typ: 'at+jwt' } })],
    ['HS512', forged({ algorithm: 'HS512', header: { alg: 'HS512', typ: 'at+jwt' } })],
    ['no algorithm', withHeader({ alg: 'none', typ: 'at+jwt' })],
    ['no algorithm, in capitals', withHeader({ alg: 'NONE', typ: 'at+jwt' })],
    ['an algorithm with a public key', withHeader({ alg: 'RS256', typ: 'at+jwt' })],
    ['the type of any other JWT', forged({ header: { alg: 'HS256', typ: 'JWT' } })],
    ['no type', withHeader({ alg: 'HS256' })],
    ['another issuer', forged({ issuer: 'evil' })],
    ['another audience', forged({ audience: 'evil' })],
    ['a beginning in the future', forged({ notBefore: 60 })],
    ['no session', forged({}, {})],
    ['an empty session', forged({}, { sid: '' })],
  ])('is refused with %s', (_what, token) => {
    expect(() => tokens.verify(token)).toThrow(UNAUTHENTICATED);
  });

  it('is refused when it never ends', () => {
    const { expiresIn, ...endless } = ISSUED;
    expect(expiresIn).toBe(900);
    expect(() => tokens.verify(sign({ sid: claims.sessionId }, SECRET, endless))).toThrow(UNAUTHENTICATED);
  });

  it('is refused when it names nobody', () => {
    const { subject, ...anonymous } = ISSUED;
    expect(subject).toBe(claims.userId);
    expect(() => tokens.verify(sign({ sid: claims.sessionId }, SECRET, anonymous))).toThrow(UNAUTHENTICATED);
  });

  it('is refused when any part of it was changed', () => {
    const [header = '', payload = '', signature = ''] = tokens.issue(claims).split('.');
    const other = { ...(decode(tokens.issue(claims)) as object), sub: newId() };
    expect(() => tokens.verify([header, base64(other), signature].join('.'))).toThrow(UNAUTHENTICATED);
    expect(() => tokens.verify([header, payload, `${signature}AA`].join('.'))).toThrow(UNAUTHENTICATED);
  });

  it('is refused under a key that its own header names', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = publicKey.export({ type: 'spki', format: 'pem' });
    const header = { alg: 'HS256', typ: 'at+jwt', kid: '../../dev/null', jku: 'https://evil.test/keys.json' };
    for (const secret of ['', key, 'https://evil.test/keys.json']) {
      const [, payload = ''] = forged().split('.');
      const content = `${base64(header)}.${payload}`;
      const signature = createHmac('sha256', secret).update(content).digest('base64url');
      expect(() => tokens.verify(`${content}.${signature}`)).toThrow(UNAUTHENTICATED);
    }
  });

  it('says of itself that it has expired, once it has', () => {
    expect(() => tokens.verify(forged({ expiresIn: -1 }))).toThrow(EXPIRED);
    expect(() => tokens.verify(new JwtAccessTokens({ secret: SECRET, expiresInSeconds: 0 }).issue(claims))).toThrow(
      EXPIRED,
    );
  });
});
