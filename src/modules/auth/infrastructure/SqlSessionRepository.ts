import type { EventBus } from '../../../core/application/EventBus';
import type { SessionId, UserId } from '../../../core/domain/Id';
import { found } from '../../../core/infrastructure/database/found';
import { publishWritten } from '../../../core/infrastructure/database/publishWritten';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import { Session, type SessionState } from '../domain/Session';
import type { SessionRepository } from '../domain/SessionRepository';

type Row = SessionState & { readonly version: number };

const SELECT = `
  SELECT id, user_id AS "userId", ip, user_agent AS "userAgent", created_at AS "createdAt",
    last_used_at AS "lastUsedAt", expires_at AS "expiresAt", revoked_at AS "revokedAt", version
  FROM sessions`;

const HOLD = statement('auth.hold-session', `${SELECT} WHERE id = $1 FOR UPDATE`);
// In one order for all, so that two that end the same sessions do not wait for each other.
const HOLD_OPEN = statement(
  'auth.hold-open-sessions',
  `${SELECT} WHERE user_id = $1 AND revoked_at IS NULL ORDER BY id FOR UPDATE`,
);
const ADD = statement(
  'auth.add-session',
  `INSERT INTO sessions (id, user_id, ip, user_agent, created_at, last_used_at, expires_at, revoked_at, version)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1) RETURNING id`,
);
const CHANGE = statement(
  'auth.change-session',
  `UPDATE sessions SET last_used_at = $3, expires_at = $4, revoked_at = $5, version = version + 1
   WHERE id = $1 AND version = $2 RETURNING id`,
);

/** Statements rather than a model: a refresh runs two of them, and has little else to do. */
export class SqlSessionRepository implements SessionRepository {
  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly eventBus: EventBus,
  ) {}

  async get(id: SessionId): Promise<Session> {
    return toSession(found(await this.unitOfWork.execute<Row>(HOLD, [id])));
  }

  async openOf(userId: UserId): Promise<Session[]> {
    return (await this.unitOfWork.execute<Row>(HOLD_OPEN, [userId])).map(toSession);
  }

  async save(session: Session): Promise<void> {
    const { state, version } = session;
    const { id, userId, ip, userAgent, createdAt, lastUsedAt, expiresAt, revokedAt } = state;
    const saved =
      version === 0
        ? await this.unitOfWork.execute(ADD, [id, userId, ip, userAgent, createdAt, lastUsedAt, expiresAt, revokedAt])
        : await this.unitOfWork.execute(CHANGE, [id, version, lastUsedAt, expiresAt, revokedAt]);
    await publishWritten(this.eventBus, session, saved);
  }
}

function toSession({ version, ...state }: Row): Session {
  return Session.restore(state, version);
}
