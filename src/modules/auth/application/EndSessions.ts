import type { Clock } from '../../../core/application/Clock';
import type { SessionId, UserId } from '../../../core/domain/Id';
import type { SessionEnd } from '../domain/events';
import type { SessionRepository } from '../domain/SessionRepository';

/** Ends the sessions of a person, inside the open unit of work: all of them, or all but one. */
export class EndSessions {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly clock: Clock,
  ) {}

  async of(userId: UserId, reason: SessionEnd, except?: SessionId): Promise<void> {
    const now = this.clock.now();
    for (const session of await this.sessions.openOf(userId)) {
      if (session.state.id !== except) {
        session.end(reason, now);
        await this.sessions.save(session);
      }
    }
  }
}
