import type { EventBus } from '../../../core/application/EventBus';
import type { SessionId, UserId } from '../../../core/domain/Id';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import { saveAggregate } from '../../../core/infrastructure/database/saveAggregate';
import { Session } from '../domain/Session';
import type { SessionRepository } from '../domain/SessionRepository';
import { SessionModel } from './SessionModel';

export class SequelizeSessionRepository implements SessionRepository {
  constructor(private readonly eventBus: EventBus) {}

  async get(id: SessionId): Promise<Session> {
    const row = await SessionModel.findByPk(id, { lock: true });
    if (!row) throw new NotFoundError();
    return toSession(row);
  }

  async openOf(userId: UserId): Promise<Session[]> {
    // In one order for all, so that two that end the same sessions do not wait for each other.
    const rows = await SessionModel.findAll({ where: { userId, revokedAt: null }, order: ['id'], lock: true });
    return rows.map(toSession);
  }

  async save(session: Session): Promise<void> {
    await saveAggregate(SessionModel, session, { id: session.state.id });
    await this.eventBus.publish(session.releaseEvents());
  }
}

function toSession(row: SessionModel): Session {
  const { version, ...state } = row.get({ plain: true }) as SessionModel;
  return Session.restore(state, version);
}
