import { runInNewContext } from 'node:vm';
import { redact } from '../../config/redact';

const CANARY = 'canary93f1';

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
