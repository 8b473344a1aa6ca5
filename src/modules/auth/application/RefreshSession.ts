import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserId } from '../../../core/domain/Id';
import { UnauthorizedError } from '../../../core/errors/UnauthorizedError';
import type { UserRepository } from '../../user';
import { judge, type RefreshToken } from '../domain/RefreshToken';
import type { RefreshTokenRepository } from '../domain/RefreshTokenRepository';
import type { SessionRepository } from '../domain/SessionRepository';
import type { RefreshTokens } from './RefreshTokens';
import type { Sessions, TokenPair } from './Sessions';

/** Trades a refresh token for a new pair. A token that somebody else has used already ends the session. */
export class RefreshSession {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly refreshTokenRepository: RefreshTokenRepository,
    private readonly users: UserRepository,
    private readonly refreshTokens: RefreshTokens,
    private readonly signInSessions: Sessions,
    private readonly refreshToken: { readonly expiresInSeconds: number },
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws UnauthorizedError `UNAUTHENTICATED`, `TOKEN_EXPIRED`, `TOKEN_REUSED`, `SESSION_REVOKED` */
  async execute({ refreshToken: token }: { refreshToken: string }): Promise<TokenPair & { userId: UserId }> {
    const outcome = await this.unitOfWork.run({}, () => this.rotate(token));
    // Thrown only now, because the end of the session has to be committed.
    if (outcome === 'reused') throw new UnauthorizedError('TOKEN_REUSED', 'The refresh token was used before.');
    return outcome;
  }

  private async rotate(token: string): Promise<(TokenPair & { userId: UserId }) | 'reused'> {
    const hash = this.refreshTokens.hash(token);
    const session = await this.sessions.get((await this.known(hash)).sessionId);
    const now = this.clock.now();
    session.assertOpen(now);

    const successor = this.refreshTokens.successor(token);
    const successorHash = this.refreshTokens.hash(successor);
    // Read again: while this request waited for the session, another one may have spent the token.
    const presented = await this.known(hash);
    const verdict = judge(presented, await this.refreshTokenRepository.find(successorHash), now);
    if (verdict === 'reused') {
      session.end('token-reused', now);
      await this.sessions.save(session);
      return 'reused';
    }
    const { userId, id: sessionId } = session.state;
    (await this.users.get(userId)).assertMaySignIn();
    if (verdict === 'rotate') {
      await this.refreshTokenRepository.spend(hash, now);
      await this.refreshTokenRepository.add({ hash: successorHash, sessionId, spentAt: null });
      session.refresh(this.refreshToken.expiresInSeconds * 1000, now);
      await this.sessions.save(session);
    }
    return { userId, ...this.signInSessions.pair(userId, sessionId, successor) };
  }

  private async known(hash: string): Promise<RefreshToken> {
    const token = await this.refreshTokenRepository.find(hash);
    if (!token) throw new UnauthorizedError('UNAUTHENTICATED', 'The refresh token is not known.');
    return token;
  }
}
