import { ECDH } from 'node:crypto';
import { ValidationError } from '../../../core/errors/ValidationError';

/** The public key of a browser: a point on P-256, uncompressed, in base64url (RFC 8291, section 3.1). @throws ValidationError */
export function p256dhKey(raw: string): string {
  const bytes = Buffer.from(raw, 'base64url');
  try {
    if (bytes.length !== 65) throw new Error('not uncompressed');
    ECDH.convertKey(bytes, 'prime256v1');
  } catch {
    throw ValidationError.field('p256dh', 'p256dh must be a public key of P-256 in base64url.');
  }
  return bytes.toString('base64url');
}

/** The secret of a browser: 16 bytes in base64url (RFC 8291, section 3.2). @throws ValidationError */
export function authSecret(raw: string): string {
  const bytes = Buffer.from(raw, 'base64url');
  if (bytes.length !== 16) throw ValidationError.field('auth', 'auth must be 16 bytes in base64url.');
  return bytes.toString('base64url');
}
