import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';

export interface EcKeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly privatePem: string;
  readonly publicPem: string;
  /** The public key's thumbprint (RFC 7638). */
  readonly kid: string;
}

/** A new pair of keys, as `openssl genpkey -algorithm EC` makes them. */
export function ecKeyPair(namedCurve = 'P-256'): EcKeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
  const { crv, x, y } = publicKey.export({ format: 'jwk' });
  return {
    privateKey,
    publicKey,
    privatePem: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    publicPem: String(publicKey.export({ type: 'spki', format: 'pem' })),
    kid: createHash('sha256').update(`{"crv":"${crv}","kty":"EC","x":"${x}","y":"${y}"}`).digest('base64url'),
  };
}
