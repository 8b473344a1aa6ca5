import type { Clock } from '../../../core/application/Clock';
import type { ClientInfo } from '../../../core/application/RequestContext';
import { newId, type SessionId, type UserId } from '../../../core/domain/Id';
import type { RefreshTokenRepository } from '../domain/RefreshTokenRepository';
import { Session } from '../domain/Session';
import type { SessionRepository } from '../domain/SessionRepository';
import type { AccessTokens } from './AccessTokens';
import type { RefreshTokens } from './RefreshTokens';

export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly tokenType: 'Bearer';
  /** Seconds until the access token ends. */
  readonly expiresIn: number;
}

/** Starts sessions, for whatever way there is to sign in. */
export class Sessions {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly refreshTokenRepository: RefreshTokenRepository,
    private readonly refreshTokens: RefreshTokens,
    private readonly accessTokens: AccessTokens,
    private readonly refreshToken: { readonly expiresInSeconds: number },
    private readonly clock: Clock,
  ) {}

  /** Inside the unit of work of the sign-in. */
  async start(userId: UserId, client: ClientInfo): Promise<TokenPair> {
    const id = newId<SessionId>();
    const lifetime = this.refreshToken.expiresInSeconds * 1000;
    await this.sessions.save(Session.start({ id, userId, ...client }, lifetime, this.clock.now()));
    const token = this.refreshTokens.first();
    await this.refreshTokenRepository.add({ hash: this.refreshTokens.hash(token), sessionId: id, spentAt: null });
    return this.pair(userId, id, token);
  }

  pair(userId: UserId, sessionId: SessionId, refreshToken: string): TokenPair {
    return {
      accessToken: this.accessTokens.issue({ userId, sessionId }),
      refreshToken,
      tokenType: 'Bearer',
      expiresIn: this.accessTokens.lifetimeSeconds,
    };
  }
}
