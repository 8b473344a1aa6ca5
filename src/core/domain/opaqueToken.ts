import { createHash, randomBytes } from 'node:crypto';

/** A secret of 256 random bits that means nothing by itself, 43 characters of base64url. */
export function newOpaqueToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored and looked up in place of a secret of many random bits; a slow hash would add nothing to those. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
