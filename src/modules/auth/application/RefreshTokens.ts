import { createHash, createHmac, randomBytes } from 'node:crypto';

/**
 * Makes opaque refresh tokens of 256 bits. A successor is derived from its predecessor under the platform's key, so
 * that an answer lost on the way can be given again without any token being stored.
 */
export class RefreshTokens {
  constructor(private readonly refreshTokenKey: Buffer) {}

  first(): string {
    return randomBytes(32).toString('base64url');
  }

  successor(token: string): string {
    return createHmac('sha256', this.refreshTokenKey).update(token).digest('base64url');
  }

  hash(token: string): string {
    return createHash('sha256').update(token).digest('base64url');
  }
}
