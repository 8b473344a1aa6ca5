import { createHash, createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { deriveKey } from '../../../core/config/deriveKey';

/** A key, the name that tokens call it by, and the one algorithm that it is for (RFC 8725, section 3.1). */
export interface TokenKey {
  readonly kid: string;
  readonly algorithm: 'HS256' | 'ES256';
  readonly key: KeyObject;
}

export interface TokenKeySettings {
  readonly secret: Buffer;
  /** PEM of an EC P-256 private key; with it tokens are signed with ES256, without it with HS256 by the secret. */
  readonly privateKey: string | null;
  /** PEM of EC P-256 public keys whose tokens are accepted beside: those of before and after a change of keys. */
  readonly otherPublicKeys: readonly string[];
}

function sharedKey(secret: Buffer): TokenKey {
  const kid = deriveKey(secret, 'key id').toString('base64url').slice(0, 16);
  return { kid, algorithm: 'HS256', key: createSecretKey(secret) };
}

/** A public key is named by its thumbprint (RFC 7638, section 3.2), whoever publishes it. */
function publicKey(pem: string): TokenKey {
  const key = createPublicKey(pem);
  const { crv, kty, x, y } = key.export({ format: 'jwk' });
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  return { kid, algorithm: 'ES256', key };
}

function byName(keys: readonly TokenKey[]): ReadonlyMap<unknown, TokenKey> {
  return new Map(keys.map((each) => [each.kid, each]));
}

/**
 * The keys of access tokens: one signs, and a token is verified with the one that it names.
 *
 * A key is changed in three steps, each of them on all nodes before the next, and no token is refused meanwhile:
 * 1. The new public key comes into JWT_OTHER_PUBLIC_KEYS. Other services learn it from the published key set, and
 *    have done so once that may not be cached any longer.
 * 2. The new private key takes its place in JWT_PRIVATE_KEY, the old public key that of the new one.
 * 3. After JWT_EXPIRES_IN no token of the old key is left, and its public key is dropped.
 *
 * Beside a private key the secret counts for nothing here: the step from HS256 to ES256 costs clients one refresh.
 */
export class TokenKeys {
  readonly signing: TokenKey;

  /** Those that others may know, each once. */
  readonly published: readonly TokenKey[];

  private readonly accepted: ReadonlyMap<unknown, TokenKey>;

  constructor(jwt: TokenKeySettings) {
    const { privateKey, otherPublicKeys, secret } = jwt;
    const pems = privateKey ? [privateKey, ...otherPublicKeys] : otherPublicKeys;
    const published = byName(pems.map(publicKey));
    this.published = [...published.values()];
    this.signing = privateKey ? { ...publicKey(privateKey), key: createPrivateKey(privateKey) } : sharedKey(secret);
    this.accepted = privateKey ? published : byName([...this.published, this.signing]);
  }

  /** The key that a token names. Naming none is enough where one secret signs everything. */
  find(kid: unknown): TokenKey | undefined {
    return kid === undefined && this.signing.algorithm === 'HS256' ? this.signing : this.accepted.get(kid);
  }
}
