import { runInNewContext } from 'node:vm';
import { redact, redactText } from '../../config/redact';

const CANARY = 'canary93f1';
const JWT = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI${CANARY}.c2lnbmF0dXJl`;
const OPAQUE = 'n4Yb0WqTz9Vd2KfXcR7mHsLp5JgUe8Ai1oQxCwZt3kE';
const HASH = '$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW';

describe('members of an object', () => {
  it.each([
    'password',
    'newPassword',
    'current_password',
    'passwordConfirmation',
    'PASSWORD',
    'DB_PASSWORD',
    'token',
    'accessToken',
    'refreshtoken',
    'mfaToken',
    'tokens',
    'tokenHash',
    'secret',
    'clientSecret',
    'JWT_SECRET',
    'Authorization',
    'proxy-authorization',
    'cookie',
    'Set-Cookie',
    'x-csrf-token',
    'apiKey',
    'X-API-Key',
    'secretKey',
    'AWS_S3_ACCESS_KEY',
    'keyHash',
    'recoveryCodes',
    'parameters',
  ])('called %s are not written, at any depth', (name) => {
    const written = JSON.stringify(
      redact({ [name]: CANARY, deep: [{ [name]: { inner: [CANARY] } }, new Map([[name, 93]])] }),
    );
    expect(written).toBe(
      JSON.stringify({ [name]: '[redacted]', deep: [{ [name]: '[redacted]' }, { [name]: '[redacted]' }] }),
    );
  });

  it.each([
    'tokenType',
    'passwordChangedAt',
    'secretary',
    'tokenExpiresIn',
    'cookieConsent',
    'key',
    'keyboard',
    'code',
  ])('called %s are no secret', (name) => {
    expect(redact({ [name]: 'Bearer' })).toEqual({ [name]: 'Bearer' });
  });

  it('tell whether there is a secret', () => {
    expect(redact({ token: null, password: undefined, cookie: true })).toEqual({
      token: null,
      password: undefined,
      cookie: true,
    });
  });

  it('are redacted in their names too', () => {
    expect(redact({ [`atr_${CANARY}`]: 1 })).toEqual({ 'atr_[redacted]': 1 });
  });
});

describe('texts', () => {
  it.each([
    ['a JWT', `sent ${JWT}, refused`, 'sent [redacted], refused'],
    ['an API key', `key atr_${CANARY}-x is unknown`, 'key atr_[redacted] is unknown'],
    ['a Bearer credential', `authorized by bearer ${CANARY}`, 'authorized by bearer [redacted]'],
    ['a Basic credential', 'got "Basic dTpwdw=="', 'got "Basic [redacted]"'],
    ['a header', `GET /\r\nCookie: sid=${CANARY}; a=b\r\nAccept: *`, 'GET /\r\nCookie: [redacted]\r\nAccept: *'],
    [
      'a database URL',
      `connect postgres://app:${CANARY}@db:5432/atrium`,
      'connect postgres://app:[redacted]@db:5432/atrium',
    ],
    ['a password with an @', `redis://:a@${CANARY}@cache/0`, 'redis://:[redacted]@cache/0'],
    ['a password with a slash', `postgres://app:a/${CANARY}?#@db/atrium`, 'postgres://app:[redacted]@db/atrium'],
    ['a user with an @', `smtp://me@mail.example.com:${CANARY}@smtp`, 'smtp://m***@mail.example.com:[redacted]@smtp'],
    ['a mailed link', `https://app/reset?a=1&token=${CANARY}&b=2`, 'https://app/reset?a=1&token=[redacted]&b=2'],
    ['a link in a link', `/login?next=%2Freset%3Ftoken%3D${CANARY}`, '/login?next=%2Freset%3Ftoken%3D[redacted]'],
    ['an authorization code', `/callback?code=${CANARY}&state=s`, '/callback?code=[redacted]&state=s'],
    ['a form', `newPassword=${CANARY}&name=Ada`, 'newPassword=[redacted]&name=Ada'],
    ['JSON', `{"password": "a\\"${CANARY}","name":"Ada"}`, '{"password": "[redacted]","name":"Ada"}'],
    ['an inspected object', `{ secret: '${CANARY}', n: 1 }`, "{ secret: '[redacted]', n: 1 }"],
    ['a password hash', `row (1, ${HASH})`, 'row (1, [redacted])'],
    ['an opaque token', `/verify/${OPAQUE}/x`, '/verify/[redacted]/x'],
    ['a stored token', `Key (hash)=(${'0123456789abcdef'.repeat(4)})`, 'Key (hash)=([redacted])'],
    ['an e-mail address', 'to <ada.lovelace+x@Mail.example.com>.', 'to <a***@Mail.example.com>.'],
    ['an encoded e-mail address', '/users?q=ada%40example.com', '/users?q=a***%40example.com'],
    ['an international e-mail address', 'ünal@bücher.example', 'ü***@bücher.example'],
  ])('lose %s', (_, text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  it('lose a secret in escaped JSON', () => {
    expect(redactText(JSON.stringify({ body: `{"password":"${CANARY}"}` }))).not.toContain(CANARY);
  });

  it.each([
    ['alone', (key: string) => key],
    ['in an address', (key: string) => `/users/${key}?key=${key}`],
    ['in a header', (key: string) => `X-Api-Key: ${key}`],
    ['in JSON', (key: string) => JSON.stringify({ key })],
    ['behind an escaped line break', (key: string) => JSON.stringify(JSON.stringify(`a\n${key}`))],
    ['behind a letter', (key: string) => `x${key}`],
    ['cut off', (key: string) => key.slice(0, 30)],
  ])('lose an API key %s', (_where, text) => {
    expect(redactText(text(`atr_${OPAQUE}`))).not.toContain(OPAQUE.slice(8, 16));
  });

  it.each([
    'GET http://localhost:3000/api/v1/users?page=2&sort=-name 200 in 3.2 ms',
    'http://127.0.0.1:80/?x=a@b',
    '018f3c1e-7d2a-7c3b-9f00-8a4be3a1c2d9',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    'workspace_invitations_workspace_id_email_lower_unique_idx',
    'at open (/srv/node_modules/sequelize@6.37.8/lib/index.js:10:5)',
    'The token is unknown, used or expired.',
    'tokenType=Bearer',
  ])('keep what is none: %s', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('are cut to 8 KiB', () => {
    const written = redactText('x '.repeat(10_000));
    expect(written.length).toBeLessThan(8_300);
    expect(written).toMatch(/^x x .*… \[20000 characters\]$/);
  });

  it('are not cut in the middle of a secret', () => {
    for (let start = 8_192 - 60; start <= 8_192; start += 1) {
      const written = redactText(`${' '.repeat(start)}postgres://app:${OPAQUE}@db/atrium`);
      expect(written).not.toContain(OPAQUE.slice(0, 8));
    }
  });
});

describe('values', () => {
  it('become plain JSON', () => {
    expect(
      redact({
        big: 2n ** 64n,
        date: new Date(0),
        never: new Date(NaN),
        bytes: Buffer.from(CANARY),
        map: new Map<unknown, unknown>([[1, new Set([CANARY])]]),
        pattern: /x/,
        nothing: NaN,
        symbol: Symbol('s'),
        run: function run() {},
        url: new URL(`https://u:${CANARY}@example.com/?token=${CANARY}`),
      }),
    ).toEqual({
      big: '18446744073709551616',
      date: '1970-01-01T00:00:00.000Z',
      never: 'Invalid Date',
      bytes: '[10 bytes]',
      map: { 1: [CANARY] },
      pattern: '/x/',
      nothing: 'NaN',
      symbol: 'Symbol(s)',
      run: '[function run]',
      url: 'https://u:[redacted]@example.com/?token=[redacted]',
    });
  });

  it('are left as they were', () => {
    const value = Object.freeze({ password: CANARY, list: Object.freeze(['a@example.com']) });
    redact(value);
    expect(value).toEqual({ password: CANARY, list: ['a@example.com'] });
  });

  it('may hold themselves, or each other twice', () => {
    const shared = { n: 1 };
    const value: Record<string, unknown> = { a: shared, b: shared };
    value.self = [value];
    expect(redact(value)).toEqual({ a: { n: 1 }, b: { n: 1 }, self: ['[circular]'] });
  });

  it('may be endless', () => {
    const endless = (): object => ({
      get next() {
        return endless();
      },
    });
    expect(JSON.stringify(redact(endless()))).toContain('[too deep]');
    const wide = Array.from({ length: 150 }, () => Array.from({ length: 150 }, () => 'x '.repeat(5_000)));
    expect(JSON.stringify(redact(wide)).length).toBeLessThan(100_000);
    expect(redact(Array(150).fill(1))).toHaveLength(101);
    expect(redact(Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`m${n}`, n])))).toHaveProperty(
      '…',
      '[50 more]',
    );
  });

  it('may be hostile', () => {
    const throwing = {
      get name(): string {
        throw new Error(CANARY);
      },
    };
    const hostile = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":1}}');
    expect(redact([throwing, { toJSON: () => 1n }])).toEqual(['[unreadable]', '1']);
    expect(JSON.stringify(redact(hostile))).toBe(JSON.stringify(hostile));
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('errors', () => {
  it('are written whole, without their secrets', () => {
    const cause = Object.assign(new TypeError(`no postgres://u:${CANARY}@db/x`), { parameters: [CANARY] });
    const error = Object.assign(new Error(`token=${CANARY}`, { cause }), {
      code: 'E_X',
      status: 500,
      password: CANARY,
    });
    const written = redact({ error });
    expect(written).toMatchObject({
      error: {
        name: 'Error',
        message: 'token=[redacted]',
        code: 'E_X',
        status: 500,
        stack: expect.stringMatching(/^Error: token=\[redacted\]\n +at /),
        cause: { name: 'TypeError', message: 'no postgres://u:[redacted]@db/x' },
      },
    });
    expect(JSON.stringify(written)).not.toContain(CANARY);
  });

  it('may be their own cause, many at once, or of another realm', () => {
    const error = new Error('a');
    error.cause = error;
    expect(redact(error)).toMatchObject({ cause: '[circular]' });
    expect(redact(new AggregateError([new Error('b')]))).toMatchObject({ errors: [{ message: 'b' }] });
    expect(redact(runInNewContext('new RangeError("c")'))).toMatchObject({ name: 'RangeError', message: 'c' });
  });
});
