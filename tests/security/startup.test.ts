import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { ServerProcess } from '../support/ServerProcess';

const ROOT = join(__dirname, '../..');
const CANARY = 'canary7f3a9c';

const p521 = generateKeyPairSync('ec', { namedCurve: 'P-521' });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** The settings that `.env.example` shows, commented out. */
const SAMPLES = Object.fromEntries(
  [...readFileSync(join(ROOT, '.env.example'), 'utf8').matchAll(/^# ([A-Z][A-Z0-9_]*)=(.+)$/gm)].map(
    ([, variable = '', value = '']) => [variable, value],
  ),
);

const NO_P256_KEY = 'must be an EC P-256 private key in PEM';
const SHORT = 'must have at least 32 bytes in production';
const SAMPLE = 'must be random in production: it looks like a sample';
const MISSING = 'is required in production: at least 32 random bytes';

describe('28: production does not start', () => {
  /** Has the port already: whoever tries to listen says so. */
  let listener: Server;
  let complete: NodeJS.ProcessEnv;

  beforeAll(async () => {
    listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    complete = {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: `postgres://atrium:${CANARY}@127.0.0.1:${port}/atrium`,
      JWT_SECRET: 'n4Yb0WqTz9Vd2KfXcR7mHsLp5JgUe8Ai1oQxCwZt3kE',
      SMTP_URL: `smtp://mailer:${CANARY}@127.0.0.1:${port}`,
      EMAIL_FROM: 'no-reply@example.com',
      FRONTEND_URL: 'https://app.example.com',
    };
  });

  afterAll(() => listener.close());

  async function outputOf(environment: NodeJS.ProcessEnv): Promise<string> {
    const server = ServerProcess.launch({ ...complete, ...environment });
    expect(await server.ended()).toBe(1);
    return server.output;
  }

  it.each([
    ['without a secret', '', MISSING],
    ['with a short secret', `${CANARY}-n4Yb0WqTz9Vd2Kf`, SHORT],
    ['with the secret of .env.example', SAMPLES.JWT_SECRET ?? '', SAMPLE],
    ['with the secret of a tutorial', `your-256-bit-secret-${CANARY}-n4Yb0WqTz9`, SAMPLE],
    ['with a repeated secret', 'n4Yb0WqTz9'.repeat(5), SAMPLE],
  ])('%s', async (_what, secret, what) => {
    expect(await outputOf({ JWT_SECRET: secret })).toBe(`JWT_SECRET ${what}\n`);
  });

  it.each([
    ['of P-521', String(p521.privateKey.export({ type: 'pkcs8', format: 'pem' }))],
    ['that is public', String(p256.publicKey.export({ type: 'spki', format: 'pem' }))],
    ['that is none', `${CANARY}\n${CANARY}`],
  ])('with a signing key %s', async (_what, key) => {
    expect(await outputOf({ JWT_PRIVATE_KEY: key })).toBe(`JWT_PRIVATE_KEY ${NO_P256_KEY}\n`);
  });

  it('with all of it wrong at once: one line for each, none with a value', async () => {
    const wrong = { JWT_SECRET: CANARY, JWT_PRIVATE_KEY: CANARY, BCRYPT_ROUNDS: '4', EMAIL_SERVICE: 'inbox' };
    const lines = (await outputOf({ ...wrong, DATABASE_URL: '', FRONTEND_URL: CANARY })).trim().split('\n');
    const named = lines.map((line) => line.split(' ')[0]);
    expect(named.sort()).toEqual([...Object.keys(wrong), 'DATABASE_URL', 'FRONTEND_URL'].sort());
    expect(lines.join()).not.toContain(CANARY);
  });

  it('with .env.example as it stands, put in force', async () => {
    const { HOST, PORT } = complete;
    const { DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, REDIS_HOST, ...samples } = SAMPLES;
    expect(await outputOf({ ...samples, NODE_ENV: 'production', HOST, PORT })).toContain(`JWT_SECRET ${SAMPLE}\n`);
  });

  it('by docker compose without secrets of its operator: it brings none', () => {
    const compose = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
    const secrets = [...compose.matchAll(/^ *(\w*(?:SECRET|PASSWORD|KEY)): (.*)$/gm)];
    const required = secrets.filter(([, name, value]) => value?.startsWith(`\${${name}:?is required`));
    const names = required.map(([, name]) => name);
    expect(names).toEqual(expect.arrayContaining(['JWT_SECRET', 'DB_PASSWORD', 'POSTGRES_PASSWORD']));
    for (const [, name, value] of secrets.filter((secret) => !required.includes(secret))) {
      expect(value).toBe(`\${${name}:-}`);
    }
    const withoutGiven = compose.replaceAll(/\$\{\w+:\?[^}]*\}/g, '');
    expect(withoutGiven).not.toMatch(/:\/\/\w*:[^@\s]+@/);
  });

  it('but would with settings that hold', async () => {
    expect(await outputOf({})).toMatch(/^\S.*The start failed.*EADDRINUSE/);
  });
});
