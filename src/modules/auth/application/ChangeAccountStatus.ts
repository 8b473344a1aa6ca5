import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import type { UserId } from '../../../core/domain/Id';
import { ForbiddenError } from '../../../core/errors/ForbiddenError';
import type { UserRepository, UserStatus } from '../../user';
import type { EndSessions } from './EndSessions';

interface Input {
  readonly userId: UserId;
  readonly status: UserStatus;
  readonly reason?: string;
}

/** Suspends an account everywhere, which ends its sessions, or lets it sign in again. For platform admins. */
export class ChangeAccountStatus {
  constructor(
    private readonly users: UserRepository,
    private readonly endSessions: EndSessions,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError, ForbiddenError `ROLE_ESCALATION` for one's own account */
  execute(actor: UserActor, { userId, status, reason = '' }: Input): Promise<void> {
    return this.unitOfWork.run({}, async () => {
      if (userId === actor.userId) throw ForbiddenError.escalation('Nobody changes their own status.');
      const user = await this.users.get(userId);
      user.changeStatus({ to: status, by: actor.userId, reason: reason || null }, this.clock.now());
      await this.users.save(user);
      if (status !== 'active') await this.endSessions.of(userId, 'account-suspended');
    });
  }
}
