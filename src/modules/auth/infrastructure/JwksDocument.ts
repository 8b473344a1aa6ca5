import type { PublicDocument } from '../../../core/application/PublicDocument';
import type { TokenKeys } from './TokenKeys';

/** The public keys by which other services can verify access tokens (RFC 7517); none while a secret signs them. */
export class JwksDocument implements PublicDocument {
  readonly path = '/.well-known/jwks.json';

  readonly maxAgeSeconds = 300;

  readonly content: { readonly keys: readonly object[] };

  constructor(tokenKeys: TokenKeys) {
    const keys = tokenKeys.published.map(({ kid, algorithm, key }) => {
      const { kty, crv, x, y } = key.export({ format: 'jwk' });
      return { kty, crv, x, y, kid, alg: algorithm, use: 'sig' };
    });
    this.content = { keys };
  }
}
