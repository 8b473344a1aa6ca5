import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** Nothing but a public key by itself: OpenSSL would take one out of a private key or a certificate, too. */
const PUBLIC_KEY = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g;

/** Where line breaks can't be written, `\n` stands for them. */
const withLineBreaks = (text: string): string => text.replaceAll('\\n', '\n').trim();

function assertP256({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): void {
  if (asymmetricKeyType !== 'ec' || asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('not P-256');
}

/** The PEM of an EC P-256 private key, PKCS #8 or SEC 1, without a passphrase. @throws Error */
export function signingKey(text: string): string {
  const pem = withLineBreaks(text);
  assertP256(createPrivateKey(pem));
  return pem;
}

/** The PEMs of EC P-256 public keys that stand one after the other, with nothing else between. @throws Error */
export function verificationKeys(text: string): readonly string[] {
  const pems = withLineBreaks(text).match(PUBLIC_KEY) ?? [];
  if (withLineBreaks(text).replace(PUBLIC_KEY, '').trim() || pems.length === 0) throw new Error('not public keys');
  for (const pem of pems) assertP256(createPublicKey(pem));
  return pems;
}
