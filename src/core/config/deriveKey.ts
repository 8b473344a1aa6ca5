import { hkdfSync } from 'node:crypto';

/** A key of 32 bytes for one purpose, from the platform's secret (HKDF, RFC 5869): one leaks nothing of another. */
export function deriveKey(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `atrium ${purpose}`, 32));
}
