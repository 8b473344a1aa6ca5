import { newId } from '../../src/core/domain/Id';
import { ecKeyPair, type EcKeyPair } from './ecKeyPair';
import { ecdsa, hmac, jws, partsOf, type Signer } from './jws';

interface Known {
  /** A token that is good. */
  readonly token: string;
  /** Signs as the platform does, for what is wrong even then. */
  readonly signer: Signer;
  /** A pair of keys whose public one the platform accepts and publishes. */
  readonly published: EcKeyPair;
}

const ALGORITHMS = ['HS256', 'HS384', 'HS512', 'RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA', 'hs256', 'es256'];

/** Tokens that nobody may take, by what is wrong with each; none of them has expired. */
export function forgedTokens({ token, signer, published }: Known): readonly (readonly [what: string, token: string])[] {
  const { header, payload, signature } = partsOf(token);
  const forged: [string, string][] = [
    ['no token', 'made up'],
    ['empty parts', '..'],
    ['a part too many', `${token}.${signature.toString('base64url')}`],
    ['a header that is null', jws(null, payload, signer)],
    ['a header that is a list', jws([header], payload, signer)],
  ];
  const signatureOf = (bytes: Buffer | string) => () => Buffer.from(bytes);
  const forge = (what: string, head: object, claims: object, by = signer): void => {
    forged.push([what, jws({ ...header, ...head }, { ...payload, ...claims }, by)]);
  };

  for (const alg of ['none', 'None', 'NONE', 'nOnE', '', null, undefined]) {
    forge(`alg ${alg}, not signed`, { alg }, {}, signatureOf(''));
    forge(`alg ${alg}, with the signature of a good one`, { alg }, {}, signatureOf(signature));
    forge(`alg ${alg}, signed by the right key`, { alg }, {});
    forge(`alg ${alg}, naming no key`, { alg, kid: undefined }, {}, signatureOf(''));
  }
  for (const alg of ALGORITHMS.filter((each) => each !== header.alg)) {
    forge(`alg ${alg}, signed by the right key`, { alg }, {});
  }

  const { publicKey, publicPem } = published;
  const asSecret = {
    PEM: publicPem,
    'PEM without its last line break': publicPem.trim(),
    DER: publicKey.export({ type: 'spki', format: 'der' }),
    JWK: JSON.stringify(publicKey.export({ format: 'jwk' })),
  };
  for (const [format, secret] of Object.entries(asSecret)) {
    for (const kid of [header.kid, published.kid, undefined]) {
      forge(`HS256 by the public key's ${format}, kid ${kid}`, { alg: 'HS256', kid }, {}, hmac(secret));
    }
  }

  const names = ['', 'unknown', '../../dev/null', '/dev/null', '__proto__', "' OR ''='", `${header.kid}\0`];
  for (const kid of [...names, null, 0, 1, true, {}, [], { kid: header.kid }, [header.kid]]) {
    forge(`kid ${JSON.stringify(kid)}, signed by the right key`, { kid }, {});
    forge(`kid ${JSON.stringify(kid)}, signed by an empty secret`, { kid, alg: 'HS256' }, {}, hmac(''));
  }

  const own = ecKeyPair();
  const jwk = own.publicKey.export({ format: 'jwk' });
  const k = Buffer.from('own').toString('base64url');
  const keysBrought = [
    { jwk: { ...jwk, kid: header.kid } },
    { jwk: { kty: 'oct', k } },
    { jku: 'http://127.0.0.1:9/keys.json' },
    { x5u: 'http://127.0.0.1:9/keys.pem' },
    { x5c: [own.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')] },
  ];
  for (const members of keysBrought) {
    const what = JSON.stringify(members);
    forge(`${what}, signed by that key`, { ...members, alg: 'ES256' }, {}, ecdsa(own.privateKey));
    forge(`${what}, and its name`, { ...members, alg: 'ES256', kid: own.kid }, {}, ecdsa(own.privateKey));
    forge(`${what}, signed by a secret of its own`, { ...members, alg: 'HS256' }, {}, hmac('own'));
  }

  const zeros = { bytes: Buffer.alloc(64), DER: Buffer.from('3006020100020100', 'hex') };
  for (const [format, bytes] of Object.entries(zeros))
    forge(`a signature of zeros, ${format}`, {}, {}, signatureOf(bytes));
  forge('no signature', {}, {}, signatureOf(''));
  forge('a signature cut short', {}, {}, signatureOf(signature.subarray(1)));
  forge('a signature that goes on', {}, {}, signatureOf(Buffer.concat([signature, Buffer.alloc(1)])));
  forge('the signature of another payload', {}, { sub: newId() }, signatureOf(signature));
  forge('the signature of another header', { b64: false, crit: ['b64'] }, {}, signatureOf(signature));

  for (const typ of ['JWT', 'rt+jwt', '', null, undefined]) forge(`typ ${typ}`, { typ }, {});
  for (const claim of ['iss', 'aud', 'exp', 'sub', 'sid']) forge(`no ${claim}`, {}, { [claim]: undefined });
  for (const claim of ['iss', 'aud']) forge(`another ${claim}`, {}, { [claim]: 'another' });
  for (const claim of ['sub', 'sid']) forge(`an empty ${claim}`, {}, { [claim]: '' });
  forge('a beginning in the future', {}, { nbf: Math.floor(Date.now() / 1000) + 600 });
  return forged;
}
