import type { AccessChanges } from '../../../core/application/AccessChanges';
import type { Authenticated, Authenticator } from '../../../core/application/Authenticator';
import type { Clock } from '../../../core/application/Clock';
import type { SessionId, UserId } from '../../../core/domain/Id';
import { UnauthorizedError } from '../../../core/errors/UnauthorizedError';
import { LookupCache } from '../../../core/infrastructure/cache/LookupCache';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import { assertActive, type UserStatus } from '../../user';
import type { AccessTokens } from '../application/AccessTokens';

interface SessionRow {
  readonly userId: UserId;
  readonly revoked: boolean;
  readonly expiresAt: Date;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly platformAdmin: boolean;
  readonly status: UserStatus;
}

const FIND = statement(
  'auth.session',
  `SELECT sessions.user_id AS "userId", sessions.revoked_at IS NOT NULL AS revoked, sessions.expires_at AS "expiresAt",
     users.email, users.email_verified_at IS NOT NULL AS "emailVerified", users.status,
     users.platform_admin AS "platformAdmin"
   FROM sessions JOIN users ON users.id = sessions.user_id
   WHERE sessions.id = $1`,
);

/** Bearer access tokens, each held against its session and account: kept for at most a second, dropped at once on a change. */
export class SessionAuthenticator implements Authenticator {
  private readonly sessions = new LookupCache<SessionRow | null>();

  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly clock: Clock,
    accessChanges: AccessChanges,
  ) {
    accessChanges.onChange(({ sessionId, workspaceId }) => {
      if (sessionId) this.sessions.drop(sessionId);
      // A change inside one workspace leaves sessions as they are.
      else if (!workspaceId) this.sessions.clear();
    });
  }

  async authenticate(bearerToken: string): Promise<Authenticated> {
    const { userId, sessionId, workspaceId, expiresAt } = this.accessTokens.verify(bearerToken);
    const session = await this.sessions.get(sessionId, () => this.lookUp(sessionId));
    if (session?.userId !== userId) throw new UnauthorizedError();
    if (session.revoked) throw new UnauthorizedError('SESSION_REVOKED', 'The session was ended.');
    if (this.clock.now() >= session.expiresAt) throw new UnauthorizedError('TOKEN_EXPIRED', 'The session has expired.');
    assertActive(session.status);
    const { email, emailVerified, platformAdmin } = session;
    const actor = { kind: 'person' as const, userId, sessionId, email, emailVerified, platformAdmin };
    return { actor, expiresAt, ...(workspaceId && { workspaceId }) };
  }

  sessionOf(bearerToken: string): SessionId | null {
    try {
      return this.accessTokens.verify(bearerToken, { expiredToo: true }).sessionId;
    } catch (error) {
      if (error instanceof UnauthorizedError) return null;
      throw error;
    }
  }

  private async lookUp(sessionId: SessionId): Promise<SessionRow | null> {
    const [row] = await this.unitOfWork.read<SessionRow>({}, FIND, [sessionId]);
    return row ?? null;
  }
}
