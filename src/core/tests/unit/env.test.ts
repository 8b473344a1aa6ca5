import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ecKeyPair } from '../../../../tests/support/ecKeyPair';
import type { Config } from '../../config/Config';
import { ConfigError } from '../../config/ConfigError';
import { developmentSecrets } from '../../config/developmentSecrets';
import { loadConfig } from '../../config/env';
import { variables } from '../../config/environmentSchema';

type Environment = Record<string, string>;

const SECRET = 'n4Yb0WqTz9Vd2KfXcR7mHsLp5JgUe8Ai1oQxCwZt3kE';
const PRODUCTION: Environment = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://app:pw@db.internal:5432/atrium',
  JWT_SECRET: SECRET,
  SMTP_URL: 'smtps://mailer:pw@smtp.internal',
  EMAIL_FROM: 'no-reply@example.com',
  FRONTEND_URL: 'https://app.example.com',
};

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'atrium-env-'));
});

afterEach(() => {
  rmSync(dataDir, { recursive: true });
});

function load(environment: Environment = {}): Config {
  return loadConfig({ DATA_DIR: dataDir, ...environment });
}

/** What is wrong with an environment, by variable. */
function problems(environment: Environment): Record<string, string> {
  try {
    load(environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    expect(error.message).toBe(error.problems.map(({ variable, message }) => `${variable} ${message}`).join('\n'));
    return Object.fromEntries(error.problems.map(({ variable, message }) => [variable, message]));
  }
  return {};
}

/** The settings of `.env.example`, commented out or not. */
function example(): [variable: string, value: string][] {
  const text = readFileSync(join(__dirname, '../../../../.env.example'), 'utf8');
  return [...text.matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, variable = '', value = '']) => [
    variable,
    value,
  ]);
}

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
      dataDir,
      storage: { kind: 'local' },
      storageQuota: 10_737_418_240,
      database: { kind: 'embedded', pool: { min: 0, max: 10 } },
      redis: null,
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
    expect(loadConfig({ ...own, DATA_DIR: dataDir, KUBERNETES_PORT: 'tcp://10.0.0.1:443', EDITOR: 'vi' })).toEqual(
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
    ['from .env.example', Object.fromEntries(example()).JWT_SECRET ?? ''],
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

describe('the database', () => {
  const PARTS = { DB_HOST: 'db.internal', DB_NAME: 'atrium', DB_USER: 'app@eu', DB_PASSWORD: 'p:/@?#%"\' ü' };

  it('comes from its parts, each encoded', () => {
    const { database } = load({ ...PARTS, DB_PORT: '6543', DB_POOL_MIN: '2', DB_POOL_MAX: '20' });
    if (database.kind !== 'url') throw new Error('embedded');
    const url = new URL(database.application);
    expect([url.username, url.password].map(decodeURIComponent)).toEqual([PARTS.DB_USER, PARTS.DB_PASSWORD]);
    expect(url).toMatchObject({ protocol: 'postgres:', host: 'db.internal:6543', pathname: '/atrium' });
    expect(database).toMatchObject({ ssl: false, shared: true, pool: { min: 2, max: 20 } });
  });

  it('is found at an IPv6 address, and at the default port', () => {
    expect(load({ DB_HOST: '::1', DB_NAME: 'atrium', DB_USER: 'app' }).database).toMatchObject({
      application: 'postgres://app:@[::1]:5432/atrium',
    });
  });

  it('is migrated by the application role unless an owner is given', () => {
    const application = 'postgres://app:pw@db.internal/atrium';
    const migration = 'postgres://owner:pw@db.internal/atrium';
    expect(load({ DATABASE_URL: application }).database).toMatchObject({ migration: application, shared: true });
    expect(load({ DATABASE_URL: application, MIGRATION_DATABASE_URL: migration }).database).toMatchObject({
      application,
      migration,
      shared: false,
    });
  });

  it.each([
    ['', undefined, false],
    ['', 'true', true],
    ['?sslmode=disable', undefined, false],
    ['?sslmode=require', undefined, true],
    ['?sslmode=verify-full', undefined, true],
    ['?sslmode=require', 'false', false],
    ['?sslmode=disable', 'true', true],
  ])('with %p and DB_SSL %p speaks TLS: %p', (query, ssl, expected) => {
    const url = 'postgres://app:pw@db.internal/atrium';
    expect(load({ DATABASE_URL: `${url}${query}`, ...(ssl && { DB_SSL: ssl }) }).database).toMatchObject({
      application: url,
      ssl: expected,
    });
  });

  it('is refused when two places name it, or none names it whole', () => {
    expect(problems({ ...PARTS, DATABASE_URL: 'postgres://app:pw@db.internal/atrium' })).toEqual({
      DATABASE_URL: 'contradicts DB_HOST: set only one',
    });
    expect(Object.keys(problems({ DB_HOST: 'db.internal' }))).toEqual(['DB_NAME', 'DB_USER']);
    expect(problems({ DB_NAME: 'atrium' })).toEqual({ DB_NAME: 'needs DB_HOST' });
    expect(Object.keys(problems({ DB_SSL: 'true', MIGRATION_DATABASE_URL: 'postgres://o:pw@db/atrium' }))).toEqual([
      'DB_SSL',
      'MIGRATION_DATABASE_URL',
    ]);
  });

  it.each([
    'mysql://app:pw@db/atrium',
    'postgres://db/atrium',
    'postgres://app:pw@db',
    'postgres://app:pw@db/a?sslmode=no-verify',
  ])('is not %s', (url) => {
    expect(Object.keys(problems({ DATABASE_URL: url }))).toEqual(['DATABASE_URL']);
  });
});

describe('keys of access tokens', () => {
  const { privatePem, publicPem } = ecKeyPair();
  const p384 = ecKeyPair('P-384');

  it('are the secret, and those that are given in PEM', () => {
    expect(load().jwt).toMatchObject({ privateKey: null, otherPublicKeys: [] });
    const [privateKey, publicKeys] = [privatePem, publicPem.repeat(2)].map((pem) => pem.replaceAll('\n', '\\n'));
    const { jwt } = load({ JWT_PRIVATE_KEY: privateKey ?? '', JWT_OTHER_PUBLIC_KEYS: publicKeys ?? '' });
    expect(jwt).toMatchObject({ privateKey: privatePem.trim(), otherPublicKeys: [publicPem.trim(), publicPem.trim()] });
  });

  it.each([
    ['JWT_PRIVATE_KEY', 'an EC P-256 private key in PEM', publicPem],
    ['JWT_PRIVATE_KEY', 'an EC P-256 private key in PEM', p384.privatePem],
    ['JWT_PRIVATE_KEY', 'an EC P-256 private key in PEM', privatePem.slice(0, 100)],
    ['JWT_OTHER_PUBLIC_KEYS', 'EC P-256 public keys in PEM, one after the other', privatePem],
    ['JWT_OTHER_PUBLIC_KEYS', 'EC P-256 public keys in PEM, one after the other', publicPem + p384.publicPem],
  ])('in %s must be %s', (variable, be, value) => {
    expect(problems({ [variable]: value })).toEqual({ [variable]: `must be ${be}` });
  });
});

describe('Web Push', () => {
  const key = Buffer.alloc(32, 7);

  it('has the key that it is given', () => {
    const webPush = { enabled: true, privateKey: key };
    expect(load({ VAPID_PRIVATE_KEY: key.toString('base64url') }).webPush).toEqual(webPush);
    expect(load({ ...PRODUCTION, VAPID_PRIVATE_KEY: key.toString('base64url') }).webPush).toEqual(webPush);
  });

  it('is off in production without a key', () => {
    expect(load(PRODUCTION).webPush).toEqual({ enabled: false, privateKey: null });
  });

  it.each(['short', Buffer.alloc(32).toString('base64url'), `${key.toString('base64url')}AAAA`, key.toString('hex')])(
    'takes no key like %s',
    (text) => {
      expect(Object.keys(problems({ VAPID_PRIVATE_KEY: text }))).toEqual(['VAPID_PRIVATE_KEY']);
    },
  );
});

describe('Redis', () => {
  it('needs no more than a host', () => {
    expect(load({ REDIS_HOST: 'redis' }).redis).toEqual({ url: 'redis://:@redis:6379/0' });
    expect(load({ REDIS_HOST: 'redis', REDIS_PORT: '6380', REDIS_PASSWORD: 'a/b@c', REDIS_DB: '3' }).redis).toEqual({
      url: 'redis://:a%2Fb%40c@redis:6380/3',
    });
    expect(load({ REDIS_URL: 'rediss://:pw@redis/1' }).redis).toEqual({ url: 'rediss://:pw@redis/1' });
  });

  it('is refused when two places name it, or only a part of it is named', () => {
    expect(Object.keys(problems({ REDIS_URL: 'redis://redis', REDIS_HOST: 'redis' }))).toEqual(['REDIS_URL']);
    expect(problems({ REDIS_PASSWORD: 'pw' })).toEqual({ REDIS_PASSWORD: 'needs REDIS_HOST' });
  });
});

describe('files', () => {
  const S3 = { STORAGE: 's3', AWS_S3_BUCKET: 'atrium-files' };

  it('lie in a bucket of Amazon’s, with the credentials that the SDK finds', () => {
    const amazon = { kind: 's3', bucket: 'atrium-files', region: 'us-east-1', forcePathStyle: false };
    expect(load(S3).storage).toEqual(amazon);
    expect(load({ ...S3, AWS_S3_REGION: 'eu-central-1', AWS_S3_FORCE_PATH_STYLE: 'true' }).storage).toEqual({
      ...amazon,
      region: 'eu-central-1',
      forcePathStyle: true,
    });
  });

  it('lie in a bucket of another server, with credentials of their own', () => {
    const other = { AWS_S3_ENDPOINT: 'https://s3.internal/', AWS_S3_ACCESS_KEY: 'key', AWS_S3_SECRET_KEY: 'secret' };
    expect(load({ ...S3, ...other }).storage).toEqual({
      kind: 's3',
      bucket: 'atrium-files',
      region: 'us-east-1',
      endpoint: 'https://s3.internal',
      forcePathStyle: true,
      credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    });
  });

  it.each<[string, Environment]>([
    ['AWS_S3_BUCKET', { STORAGE: 's3' }],
    ['AWS_S3_BUCKET', { ...S3, AWS_S3_BUCKET: 'Not/A/Bucket' }],
    ['AWS_S3_ENDPOINT', { ...S3, AWS_S3_ENDPOINT: 's3.internal' }],
    ['AWS_S3_ENDPOINT', { AWS_S3_ENDPOINT: 'https://s3.internal' }],
    ['AWS_S3_SECRET_KEY', { ...S3, AWS_S3_ACCESS_KEY: 'key' }],
    ['AWS_S3_SECRET_KEY', { ...S3, AWS_S3_SECRET_KEY: 'secret' }],
    ['STORAGE', { STORAGE: 'tape' }],
    ['STORAGE_QUOTA_BYTES', { STORAGE_QUOTA_BYTES: '0' }],
  ])('are refused for %s in %j', (variable, environment) => {
    expect(Object.keys(problems(environment))).toEqual([variable]);
  });
});

describe('identity providers', () => {
  const ACME = { name: 'acme', issuer: 'https://id.example.com/', clientId: 'atrium', clientSecret: 'canary-93f1' };

  const refusal = (providers: unknown, environment: Environment = {}) =>
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

describe('values', () => {
  it.each([
    ['900', 900],
    ['90s', 90],
    ['15m', 900],
    ['12h', 43_200],
    ['7d', 604_800],
    ['2w', 1_209_600],
  ])('read %s as %d seconds', (text, seconds) => {
    expect(load({ JWT_EXPIRES_IN: text }).jwt.expiresInSeconds).toBe(seconds);
    expect(load({ REFRESH_TOKEN_EXPIRES_IN: text }).refreshToken.expiresInSeconds).toBe(seconds);
  });

  it.each(['0', '0d', '-1', '1.5h', '15 m', 'm', '1y', '9999d', '1e3', 'Infinity'])(
    'do not read %s as a duration',
    (text) => {
      expect(Object.keys(problems({ JWT_EXPIRES_IN: text }))).toEqual(['JWT_EXPIRES_IN']);
    },
  );

  it.each([
    ['false', false],
    ['0', false],
    ['2', 2],
    ['10.0.0.0/8, ::1, fd00::/8', ['10.0.0.0/8', '::1', 'fd00::/8']],
  ])('read TRUST_PROXY %s', (text, expected) => {
    expect(load({ TRUST_PROXY: text }).http.trustProxy).toEqual(expected);
  });

  it.each(['true', '-1', '0.0.0.0/0', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/', 'proxy', ','])(
    'trust no proxy called %s',
    (text) => {
      expect(Object.keys(problems({ TRUST_PROXY: text }))).toEqual(['TRUST_PROXY']);
    },
  );

  it('give HTTP and sockets each their origins', () => {
    const { http } = load({
      CORS_ORIGINS: 'https://A.example.com/, http://b:8080',
      FRONTEND_URL: 'https://c.example.com/app/',
    });
    expect(http.corsOrigins).toEqual(['https://a.example.com', 'http://b:8080']);
    expect(http.socketCorsOrigins).toEqual(['https://c.example.com']);
  });

  it.each(['*', 'null', 'a.example.com', 'https://a.example.com/path', 'https://u:pw@a.example.com', 'ftp://a', ','])(
    'allow no origin %s',
    (text) => {
      expect(Object.keys(problems({ CORS_ORIGINS: text }))).toEqual(['CORS_ORIGINS']);
    },
  );

  it('let paths be appended to the front end and the API', () => {
    expect(load({ FRONTEND_URL: 'https://example.com/app/' }).frontendUrl).toBe('https://example.com/app');
    expect(load({ API_PREFIX: '/platform/api', API_VERSION: 'v2' }).http.apiBase).toBe('/platform/api/v2');
  });

  it('bound each other', () => {
    expect(Object.keys(problems({ DB_POOL_MIN: '5', DB_POOL_MAX: '4' }))).toEqual(['DB_POOL_MIN']);
  });
});

describe('a refusal', () => {
  const CANARY = 'canary-93f1';

  /** A value for each variable that is wrong, at least in production. */
  function wrong(variable: string): string {
    if (variable !== 'DATA_DIR') return `${CANARY} %zz\n`;
    const file = join(dataDir, CANARY);
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

describe('the generated secret', () => {
  it('is random, and kept for its owner only', () => {
    const first = load().jwt.secret;
    expect(Buffer.from(first.toString(), 'base64url')).toHaveLength(32);
    expect(load().jwt.secret).toEqual(first);
    expect(statSync(join(dataDir, 'secrets.json')).mode.toString(8)).toBe('100600');
    expect(readdirSync(dataDir)).toEqual(['secrets.json']);
    expect(load({ DATA_DIR: join(dataDir, 'other') }).jwt.secret).not.toEqual(first);
  });

  it('is not made when one is given', () => {
    load({ JWT_SECRET: SECRET });
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('is the same for processes that start at once', async () => {
    const program = `
      const { developmentSecrets } = require(${JSON.stringify(require.resolve('../../config/developmentSecrets'))});
      process.once('message', (dataDir) => {
        process.send(developmentSecrets(dataDir).jwtSecret);
        process.disconnect();
      });
      process.send('ready');`;
    const children = Array.from({ length: 4 }, () =>
      spawn(process.execPath, ['--import', 'tsx', '-e', program], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }),
    );
    const messages = () => Promise.all(children.map(async (child) => (await once(child, 'message'))[0]));
    try {
      expect(await messages()).toEqual(Array(4).fill('ready'));
      const secrets = messages();
      children.forEach((child) => child.send(dataDir));
      expect(await secrets).toEqual(Array(4).fill(developmentSecrets(dataDir).jwtSecret));
      expect(readdirSync(dataDir)).toEqual(['secrets.json']);
    } finally {
      children.forEach((child) => child.kill());
    }
  });

  it.each(['', '{"jwtSecret":"canary-93f1', '{"jwtSecret":"canary-93f1"}', '[]', 'null'])(
    'is not guessed from a broken file: %p',
    (text) => {
      writeFileSync(join(dataDir, 'secrets.json'), text);
      const found = problems({});
      expect(found).toEqual({ DATA_DIR: expect.stringContaining('delete that file') });
      expect(found.DATA_DIR).not.toContain('canary-93f1');
    },
  );
});

describe('.env.example', () => {
  /** They have no default, or one that is seen another way. */
  const EXAMPLES =
    /^(?:DATA_DIR|DATABASE_URL|DB_(?!POOL).*|MIGRATION_DATABASE_URL|REDIS_.*|AWS_S3_.*|JWT_SECRET|OIDC_PROVIDERS|SMTP_URL)$/;

  it('explains every variable, in the order of the schema', () => {
    expect(example().map(([variable]) => variable)).toEqual(Object.keys(variables));
  });

  it('tells the true defaults', () => {
    const defaults = load();
    for (const [variable, value] of example().filter(([name]) => !EXAMPLES.test(name))) {
      expect([variable, load({ [variable]: value })]).toEqual([variable, defaults]);
    }
    expect(Object.fromEntries(example()).DATA_DIR).toBe('.data');
  });

  it('gives examples that work', () => {
    const values = example().filter(([variable]) => variable !== 'DATA_DIR');
    const parts = values.filter(([variable]) => !/^(?:DATABASE|REDIS)_URL$/.test(variable));
    const urls = values.filter(([variable]) => !/^(?:DB_(?!POOL|SSL)|REDIS_(?!URL))/.test(variable));
    const [fromParts, fromUrls] = [parts, urls].map((chosen) => load(Object.fromEntries(chosen)));
    expect(fromParts).toEqual(fromUrls);
  });
});
