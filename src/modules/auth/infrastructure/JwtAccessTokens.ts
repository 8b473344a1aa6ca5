import { TokenExpiredError, sign, verify, type Jwt, type JwtPayload } from 'jsonwebtoken';
import { LRUCache } from 'lru-cache';
import { newId, type SessionId, type UserId, type WorkspaceId } from '../../../core/domain/Id';
import { UnauthorizedError } from '../../../core/errors/UnauthorizedError';
import type { AccessTokenClaims, AccessTokens } from '../application/AccessTokens';
import type { TokenKeys } from './TokenKeys';

const ISSUER = 'atrium';
const AUDIENCE = 'atrium';
/** Marks an access token, so that no other kind of JWT passes for one (RFC 9068, section 2.1). */
const TYPE = 'at+jwt';
/** As many people as a node has to do with at a time; less than a kilobyte each. */
const MAX_VERIFIED = 10_000;

type Verified = AccessTokenClaims & { readonly expiresAt: Date };

/**
 * Access tokens as JWTs (RFC 9068), each verified with the key that it names, by that key's algorithm alone. A token
 * comes with every request: what was verified once is known until it expires, as nothing else about it can change.
 */
export class JwtAccessTokens implements AccessTokens {
  readonly lifetimeSeconds: number;

  private readonly verified = new LRUCache<string, Verified>({ max: MAX_VERIFIED });

  constructor(
    private readonly tokenKeys: TokenKeys,
    jwt: { readonly expiresInSeconds: number },
  ) {
    this.lifetimeSeconds = jwt.expiresInSeconds;
  }

  issue({ userId, sessionId, workspaceId }: AccessTokenClaims): string {
    const { algorithm, kid, key } = this.tokenKeys.signing;
    return sign({ sid: sessionId, ...(workspaceId && { wid: workspaceId }) }, key, {
      algorithm,
      header: { alg: algorithm, typ: TYPE, kid },
      issuer: ISSUER,
      audience: AUDIENCE,
      subject: userId,
      jwtid: newId(),
      expiresIn: this.lifetimeSeconds,
    });
  }

  verify(token: string, { expiredToo = false } = {}): Verified {
    const known = this.verified.get(token);
    if (known && known.expiresAt.getTime() > Date.now()) return known;
    const verified = this.verifyAnew(token, expiredToo);
    this.verified.set(token, verified);
    return verified;
  }

  private verifyAnew(token: string, expiredToo: boolean): Verified {
    const { header, payload } = this.decode(token, expiredToo);
    const { sub, sid, wid, exp } = payload as JwtPayload & { sid?: SessionId; wid?: WorkspaceId };
    if (header.typ !== TYPE || !sub || !sid || !exp) throw invalid();
    return {
      userId: sub as UserId,
      sessionId: sid,
      expiresAt: new Date(exp * 1000),
      ...(wid && { workspaceId: wid }),
    };
  }

  private decode(token: string, ignoreExpiration: boolean): Jwt {
    try {
      const known = this.tokenKeys.find(keyIdOf(token));
      if (!known) throw invalid();
      return verify(token, known.key, {
        algorithms: [known.algorithm],
        issuer: ISSUER,
        audience: AUDIENCE,
        ignoreExpiration,
        complete: true,
      });
    } catch (error) {
      throw error instanceof TokenExpiredError
        ? new UnauthorizedError('TOKEN_EXPIRED', 'The access token has expired.')
        : invalid();
    }
  }
}

/** What a token names its key by, of any shape; it chooses among our keys, and nothing else of the header is asked. */
function keyIdOf(token: string): unknown {
  const header = Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString();
  return (JSON.parse(header) as { kid?: unknown }).kid;
}

function invalid(): UnauthorizedError {
  return new UnauthorizedError('UNAUTHENTICATED', 'The access token is not valid.');
}
