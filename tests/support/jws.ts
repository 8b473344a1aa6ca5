import { createHmac, sign, type BinaryLike, type KeyObject } from 'node:crypto';

/** Makes the third part of a token from the first two. */
export type Signer = (content: string) => Buffer;

export const hmac =
  (key: BinaryLike | KeyObject, hash = 'sha256'): Signer =>
  (content) =>
    createHmac(hash, key).update(content).digest();

export const ecdsa =
  (key: KeyObject): Signer =>
  (content) =>
    sign('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' });

const encoded = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A token of any header and payload at all (RFC 7515, section 3.1), made without the library under test. */
export function jws(header: unknown, payload: object, signer: Signer): string {
  const content = `${encoded(header)}.${encoded(payload)}`;
  return `${content}.${signer(content).toString('base64url')}`;
}

interface JwsParts {
  readonly header: { readonly kid: string; readonly alg: string };
  readonly payload: { readonly iat: number; readonly exp: number };
  readonly signature: Buffer;
  /** What is signed. */
  readonly content: string;
}

/** What a token is made of; nothing is verified. */
export function partsOf(token: string): JwsParts {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const decoded = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
  return {
    header: decoded(header),
    payload: decoded(payload),
    signature: Buffer.from(signature, 'base64url'),
    content: `${header}.${payload}`,
  };
}
