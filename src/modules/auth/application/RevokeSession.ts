import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import type { SessionId } from '../../../core/domain/Id';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import type { SessionRepository } from '../domain/SessionRepository';

/** Ends one of one's own sessions, on whichever device it is. */
export class RevokeSession {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError, for another person's session too */
  execute({ userId }: UserActor, { sessionId }: { sessionId: SessionId }): Promise<void> {
    return this.unitOfWork.run({ userId }, async () => {
      const session = await this.sessions.get(sessionId);
      if (session.state.userId !== userId) throw new NotFoundError();
      session.end('revoked', this.clock.now());
      await this.sessions.save(session);
    });
  }
}
