import { AggregateRoot } from '../../../core/domain/AggregateRoot';
import type { SessionId, UserId } from '../../../core/domain/Id';
import { UnauthorizedError } from '../../../core/errors/UnauthorizedError';
import { sessionEnded, sessionRefreshed, signedIn, type SessionEnd } from './events';

export interface SessionState {
  readonly id: SessionId;
  readonly userId: UserId;
  readonly ip: string;
  readonly userAgent: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  /** Moves on with every refresh. */
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

/** A sign-in on one device, until it is signed out, revoked, or not refreshed for too long. */
export class Session extends AggregateRoot<SessionState> {
  static start(
    { id, userId, ip, userAgent }: Pick<SessionState, 'id' | 'userId' | 'ip' | 'userAgent'>,
    lifetimeMs: number,
    now: Date,
  ): Session {
    const expiresAt = new Date(now.getTime() + lifetimeMs);
    const session = new Session(
      { id, userId, ip, userAgent, createdAt: now, lastUsedAt: now, expiresAt, revokedAt: null },
      0,
    );
    session.record(signedIn({ actorId: userId, at: now }, { userId, sessionId: id }));
    return session;
  }

  static restore(state: SessionState, version: number): Session {
    return new Session(state, version);
  }

  /** @throws UnauthorizedError `SESSION_REVOKED`, `TOKEN_EXPIRED` */
  assertOpen(now: Date): void {
    const { revokedAt, expiresAt } = this.state;
    if (revokedAt) throw new UnauthorizedError('SESSION_REVOKED', 'The session was ended.');
    if (now >= expiresAt) throw new UnauthorizedError('TOKEN_EXPIRED', 'The session has expired.');
  }

  refresh(lifetimeMs: number, now: Date): void {
    const { id, userId } = this.state;
    this.change({ lastUsedAt: now, expiresAt: new Date(now.getTime() + lifetimeMs) });
    this.record(sessionRefreshed({ actorId: userId, at: now }, { userId, sessionId: id }));
  }

  /** Ending it again changes nothing. */
  end(reason: SessionEnd, now: Date): void {
    const { id, userId, revokedAt } = this.state;
    if (revokedAt) return;
    this.change({ revokedAt: now });
    this.record(sessionEnded({ actorId: userId, at: now }, { userId, sessionId: id, reason }));
  }
}
