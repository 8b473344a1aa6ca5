import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { configurations, exampleSettings, PRODUCTION, SECRET } from '../../../../tests/support/configurations';
import { loadConfig } from '../../config/env';
import { variables } from '../../config/environmentSchema';

const { load, problems, dataDir } = configurations();

describe('defaults', () => {
  it('describe a development process that needs nothing', () => {
    const { jwt, ...rest } = load();
    expect(rest).toEqual({
      env: 'development',
      http: {
        host: '127.0.0.1',
        port: 3000,
        apiBase: '/api/v1',
        trustProxy: false,
        corsOrigins: ['http://localhost:3000'],
        socketCorsOrigins: ['http://localhost:3000'],
      },
      dataDir: dataDir(),
      storage: { kind: 'local' },
      storageQuota: 10_737_418_240,
      database: { kind: 'embedded', pool: { min: 0, max: 10 } },
      redis: null,
      eventBroker: null,
      refreshToken: { expiresInSeconds: 604_800 },
      bcryptRounds: 12,
      oidcProviders: [],
      mail: { service: 'inbox', from: { address: 'atrium@localhost', name: 'Atrium' } },
      webPush: { enabled: true, privateKey: null },
      frontendUrl: 'http://localhost:3000',
      publicUrl: 'http://localhost:3000',
      rateLimits: { windowMs: 900_000, anonymousMax: 100, userMax: 3_000, authMax: 10 },
      requireIfMatch: false,
      webhook: { allowPrivate: false },
      jobDrainMs: 10_000,
      jobSchedule: true,
      metricsToken: null,
      log: { level: 'info' },
    });
    expect(jwt.expiresInSeconds).toBe(900);
  });

  it('in production listen on every interface and send mails', () => {
    const config = load(PRODUCTION);
    expect(config.env).toBe('production');
    expect(config.http).toMatchObject({ host: '0.0.0.0', corsOrigins: ['https://app.example.com'] });
    expect(config.mail).toEqual({
      service: 'smtp',
      smtpUrl: 'smtps://mailer:pw@smtp.internal',
      from: { address: 'no-reply@example.com', name: 'Atrium' },
    });
    expect(config.jwt.secret).toEqual(Buffer.from(SECRET, 'utf8'));
  });

  it('stand for empty variables too, and variables of others are left alone', () => {
    const own = Object.fromEntries(Object.keys(variables).map((variable) => [variable, ' ']));
    expect(loadConfig({ ...own, DATA_DIR: dataDir(), KUBERNETES_PORT: 'tcp://10.0.0.1:443', EDITOR: 'vi' })).toEqual(
      load(),
    );
  });

  it('make the data directory absolute', () => {
    expect(load({ JWT_SECRET: SECRET, DATA_DIR: '.data' }).dataDir).toBe(resolve('.data'));
  });
});

describe('production', () => {
  it('asks for everything that has no safe default, all at once', () => {
    expect(Object.keys(problems({ NODE_ENV: 'production' }))).toEqual([
      'DATABASE_URL',
      'JWT_SECRET',
      'SMTP_URL',
      'EMAIL_FROM',
      'FRONTEND_URL',
    ]);
  });

  it.each([
    ['of fewer than 32 bytes', 'n4Yb0WqTz9Vd2KfXcR7mHsLp5JgUe8A'],
    ['from .env.example', Object.fromEntries(exampleSettings()).JWT_SECRET ?? ''],
    ['from a tutorial', 'your-super-secret-jwt-key-change-in-production'],
    ['of a word, repeated', 'secret'.repeat(8)],
    ['of a placeholder, repeated', 'changeme'.repeat(5)],
    ['of one character', 'x'.repeat(64)],
    ['of few characters', 'abcabdabcabfabcabdabcabfabcabdab'],
    ['of random text, repeated', 'n4Yb0WqTz9'.repeat(4)],
    ['of the alphabet', 'abcdefghijklmnopqrstuvwxyz0123456789'],
  ])('refuses a JWT_SECRET %s', (_, secret) => {
    expect(Object.keys(problems({ ...PRODUCTION, JWT_SECRET: secret }))).toEqual(['JWT_SECRET']);
  });

  it('accepts what openssl and node generate', () => {
    for (const encoding of ['hex', 'base64', 'base64url'] as const) {
      const secret = Buffer.from('b8d01f7a4ce95d2360ab94f1e7c8325d70a6e19b4f8c53d20e7b6a914dfc8352', 'hex').toString(
        encoding,
      );
      expect(problems({ ...PRODUCTION, JWT_SECRET: secret })).toEqual({});
    }
  });

  it.each([
    ['cheap password hashes', 'BCRYPT_ROUNDS', '11'],
    ['the inbox', 'EMAIL_SERVICE', 'inbox'],
    ['the embedded database', 'DATABASE_URL', ''],
    ['mail without a server', 'SMTP_URL', ''],
    ['mail without a sender', 'EMAIL_FROM', ''],
    ['links to localhost', 'FRONTEND_URL', ''],
  ])('refuses %s', (_, variable, value) => {
    expect(Object.keys(problems({ ...PRODUCTION, [variable]: value }))).toEqual([variable]);
  });

  it('does not mind them elsewhere', () => {
    expect(problems({ NODE_ENV: 'test', JWT_SECRET: 'secret', BCRYPT_ROUNDS: '4', EMAIL_SERVICE: 'inbox' })).toEqual(
      {},
    );
  });
});

describe('a refusal', () => {
  const CANARY = 'canary-93f1';

  /** A value for each variable that is wrong, at least in production. */
  function wrong(variable: string): string {
    if (variable !== 'DATA_DIR') return `${CANARY} %zz\n`;
    const file = join(dataDir(), CANARY);
    writeFileSync(file, '');
    return file;
  }

  it.each(Object.keys(variables))('of %s names it and does not tell its value', (variable) => {
    const environment = variable === 'JWT_SECRET' ? PRODUCTION : {};
    const found = problems({ ...environment, [variable]: wrong(variable) });
    expect(found[variable]).toMatch(/^[ -~]+$/);
    expect(Object.values(found).join()).not.toContain(CANARY);
  });

  it('tells all of them, each in one line', () => {
    const found = problems(Object.fromEntries(Object.keys(variables).map((variable) => [variable, wrong(variable)])));
    expect(Object.keys(found).length).toBeGreaterThan(25);
    expect(Object.values(found).join('')).not.toContain(CANARY);
  });
});

describe('a configuration', () => {
  it('is frozen to the bottom', () => {
    const thawed: string[] = [];
    (function visit(value: object, path: string) {
      if (!Object.isFrozen(value)) thawed.push(path);
      for (const [key, member] of Object.entries(value)) {
        if (typeof member === 'object' && member !== null && !Buffer.isBuffer(member)) visit(member, `${path}.${key}`);
      }
    })(load({ TRUST_PROXY: '10.0.0.1' }), 'config');
    expect(thawed).toEqual([]);
  });
});
