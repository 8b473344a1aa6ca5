import { createSecretKey, type KeyObject } from 'node:crypto';
import { TokenExpiredError, sign, verify, type Jwt, type JwtPayload } from 'jsonwebtoken';
import { newId, type SessionId, type UserId, type WorkspaceId } from '../../../core/domain/Id';
import { UnauthorizedError } from '../../../core/errors/UnauthorizedError';
import type { AccessTokenClaims, AccessTokens } from '../application/AccessTokens';

const ISSUER = 'atrium';
const AUDIENCE = 'atrium';
/** Marks an access token, so that no other kind of JWT passes for one (RFC 9068, section 2.1). */
const TYPE = 'at+jwt';

/** Access tokens as JWTs (RFC 9068), signed with HS256 and nothing else. */
export class JwtAccessTokens implements AccessTokens {
  readonly lifetimeSeconds: number;

  /** A key object: given a string, jsonwebtoken spends most of its time on guessing what kind of key it is. */
  private readonly key: KeyObject;

  constructor(jwt: { readonly secret: Buffer; readonly expiresInSeconds: number }) {
    this.key = createSecretKey(jwt.secret);
    this.lifetimeSeconds = jwt.expiresInSeconds;
  }

  issue({ userId, sessionId, workspaceId }: AccessTokenClaims): string {
    return sign({ sid: sessionId, ...(workspaceId && { wid: workspaceId }) }, this.key, {
      algorithm: 'HS256',
      header: { alg: 'HS256', typ: TYPE },
      issuer: ISSUER,
      audience: AUDIENCE,
      subject: userId,
      jwtid: newId(),
      expiresIn: this.lifetimeSeconds,
    });
  }

  verify(token: string): AccessTokenClaims & { readonly expiresAt: Date } {
    const { header, payload } = this.decode(token);
    const { sub, sid, wid, exp } = payload as JwtPayload & { sid?: SessionId; wid?: WorkspaceId };
    if (header.typ !== TYPE || !sub || !sid || !exp) throw invalid();
    return {
      userId: sub as UserId,
      sessionId: sid,
      expiresAt: new Date(exp * 1000),
      ...(wid && { workspaceId: wid }),
    };
  }

  private decode(token: string): Jwt {
    try {
      return verify(token, this.key, {
        algorithms: ['HS256'],
        issuer: ISSUER,
        audience: AUDIENCE,
        complete: true,
      });
    } catch (error) {
      throw error instanceof TokenExpiredError
        ? new UnauthorizedError('TOKEN_EXPIRED', 'The access token has expired.')
        : invalid();
    }
  }
}

function invalid(): UnauthorizedError {
  return new UnauthorizedError('UNAUTHENTICATED', 'The access token is not valid.');
}
