import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import type { EndSessions } from './EndSessions';

export class LogoutEverywhere {
  constructor(
    private readonly endSessions: EndSessions,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  execute({ userId }: UserActor): Promise<void> {
    return this.unitOfWork.run({ userId }, () => this.endSessions.of(userId, 'signed-out-everywhere'));
  }
}
