import { createHmac } from 'node:crypto';
import { newOpaqueToken, tokenHash } from '../../../core/domain/opaqueToken';

/**
 * Makes opaque refresh tokens of 256 bits. A successor is derived from its predecessor under the platform's key, so
 * that an answer lost on the way can be given again without any token being stored.
 */
export class RefreshTokens {
  constructor(private readonly refreshTokenKey: Buffer) {}

  first(): string {
    return newOpaqueToken();
  }

  successor(token: string): string {
    return createHmac('sha256', this.refreshTokenKey).update(token).digest('base64url');
  }

  hash(token: string): string {
    return tokenHash(token);
  }
}
