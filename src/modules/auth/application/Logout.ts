import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import type { SessionRepository } from '../domain/SessionRepository';

export class Logout {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  execute({ userId, sessionId }: UserActor): Promise<void> {
    return this.unitOfWork.run({ userId }, async () => {
      const session = await this.sessions.get(sessionId);
      session.end('signed-out', this.clock.now());
      await this.sessions.save(session);
    });
  }
}
