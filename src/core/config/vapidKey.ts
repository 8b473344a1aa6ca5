import { createECDH } from 'node:crypto';

/** The bytes of a P-256 private key in base64url, as RFC 8292 and web-push have it. @throws Error when it is none */
export function vapidKey(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== 32 || bytes.toString('base64url') !== text.replace(/=+$/, '')) throw new Error('not 32 bytes');
  createECDH('prime256v1').setPrivateKey(bytes);
  return bytes;
}
