import { redactText } from '../../config/redact';

const CANARY = 'canary93f1';
const JWT = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI${CANARY}.c2lnbmF0dXJl`;
const OPAQUE = 'n4Yb0WqTz9Vd2KfXcR7mHsLp5JgUe8Ai1oQxCwZt3kE';
const HASH = '$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW';

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
    ['a token like a migration', `20260101T1200-create-${OPAQUE} up`, '[redacted] up'],
    ['a token behind a time', `20260101T1200${OPAQUE}`, '[redacted]'],
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
    'Schema: migrated 20260101T1200-knowledge-base-create-document-templates',
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
