import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { ecKeyPair } from '../../../../tests/support/ecKeyPair';
import { signingKey, verificationKeys } from '../../config/pemKeys';

const { privateKey, publicKey, privatePem, publicPem } = ecKeyPair();
const other = ecKeyPair();
const p384 = ecKeyPair('P-384');
const secp256k1 = ecKeyPair('secp256k1');
const rsa = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const ed25519 = generateKeyPairSync('ed25519', {
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

const asOneLine = (pem: string): string => pem.replaceAll('\n', '\\n');

describe('signingKey', () => {
  const sec1 = String(privateKey.export({ type: 'sec1', format: 'pem' }));
  // As `openssl ecparam -genkey` prints it.
  const withParameters = `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${sec1}`;

  it.each([
    ['PKCS #8', privatePem],
    ['SEC 1', sec1],
    ['SEC 1, its curve before it', withParameters],
    ['one line', asOneLine(privatePem)],
    ['line breaks of Windows', privatePem.replaceAll('\n', '\r\n')],
    ['spaces around it', `\n ${privatePem}\n\n`],
  ])('reads a private key: %s', (_what, text) => {
    expect(createPrivateKey(signingKey(text)).equals(privateKey)).toBe(true);
  });

  it.each([
    ['text', 'a secret'],
    ['a public key', publicPem],
    ['a key of P-384', p384.privatePem],
    ['a key of secp256k1', secp256k1.privatePem],
    ['an RSA key', rsa.privateKey],
    ['an Ed25519 key', ed25519.privateKey],
    ['half a key', privatePem.slice(0, 80)],
    ['a key without its armour', privatePem.split('\n').slice(1, -2).join('\n')],
    [
      'a key behind a passphrase',
      String(privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })),
    ],
  ])('refuses %s', (_what, text) => {
    expect(() => signingKey(text)).toThrow();
  });
});

describe('verificationKeys', () => {
  it.each([
    ['one', publicPem, [publicKey]],
    ['two', publicPem + other.publicPem, [publicKey, other.publicKey]],
    ['two on one line', asOneLine(publicPem + other.publicPem), [publicKey, other.publicKey]],
    ['two that touch', publicPem.trim() + other.publicPem, [publicKey, other.publicKey]],
    ['two far apart', ` ${publicPem}\r\n\n ${other.publicPem}\n`, [publicKey, other.publicKey]],
  ])('reads %s', (_what, text, keys) => {
    const read = verificationKeys(text).map((pem) => createPublicKey(pem));
    expect(read.map((key, index) => keys[index]?.equals(key))).toEqual(keys.map(() => true));
  });

  it.each([
    ['text', 'a key'],
    ['line breaks', '\\n\\n'],
    ['a private key', privatePem],
    ['a private key behind a public one', publicPem + privatePem],
    ['text between keys, for which one could be overlooked', `${publicPem}and\n${other.publicPem}`],
    ['half a key behind a whole one', publicPem + other.publicPem.slice(0, 60)],
    ['a key of P-384 behind one of P-256', publicPem + p384.publicPem],
    ['a key of secp256k1', secp256k1.publicPem],
    ['an RSA key', rsa.publicKey],
    ['an Ed25519 key', ed25519.publicKey],
    ['a broken key', publicPem.replace('MFk', 'AAA')],
  ])('refuses %s', (_what, text) => {
    expect(() => verificationKeys(text)).toThrow();
  });
});
