import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurations, PRODUCTION, SECRET } from '../../../../tests/support/configurations';
import { ecKeyPair } from '../../../../tests/support/ecKeyPair';
import { developmentSecrets } from '../../config/developmentSecrets';

const { load, problems, dataDir } = configurations();

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

describe('the generated secret', () => {
  it('is random, and kept for its owner only', () => {
    const first = load().jwt.secret;
    expect(Buffer.from(first.toString(), 'base64url')).toHaveLength(32);
    expect(load().jwt.secret).toEqual(first);
    expect(statSync(join(dataDir(), 'secrets.json')).mode.toString(8)).toBe('100600');
    expect(readdirSync(dataDir())).toEqual(['secrets.json']);
    expect(load({ DATA_DIR: join(dataDir(), 'other') }).jwt.secret).not.toEqual(first);
  });

  it('is not made when one is given', () => {
    load({ JWT_SECRET: SECRET });
    expect(readdirSync(dataDir())).toEqual([]);
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
      children.forEach((child) => child.send(dataDir()));
      expect(await secrets).toEqual(Array(4).fill(developmentSecrets(dataDir()).jwtSecret));
      expect(readdirSync(dataDir())).toEqual(['secrets.json']);
    } finally {
      children.forEach((child) => child.kill());
    }
  });

  it.each(['', '{"jwtSecret":"canary-93f1', '{"jwtSecret":"canary-93f1"}', '[]', 'null'])(
    'is not guessed from a broken file: %p',
    (text) => {
      writeFileSync(join(dataDir(), 'secrets.json'), text);
      const found = problems({});
      expect(found).toEqual({ DATA_DIR: expect.stringContaining('delete that file') });
      expect(found.DATA_DIR).not.toContain('canary-93f1');
    },
  );
});
