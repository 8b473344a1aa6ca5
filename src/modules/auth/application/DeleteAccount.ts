import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import type { DropAvatar, UserRepository } from '../../user';
import type { LeaveAllWorkspaces } from '../../workspace';
import type { CredentialRepository } from '../domain/CredentialRepository';
import type { IdentityRepository } from '../domain/IdentityRepository';
import type { MailedLinkRepository } from '../domain/MailedLinkRepository';
import type { MfaChallengeRepository } from '../domain/MfaChallengeRepository';
import type { EndSecondFactor } from './EndSecondFactor';
import type { EndSessions } from './EndSessions';
import type { LoginGuard } from './LoginGuard';
import type { ProvePassword } from './ProvePassword';

/**
 * Closes one's own account, against the password: all or nothing of it. What the person did in workspaces stays, under
 * no name; the address can be registered again.
 */
export class DeleteAccount {
  constructor(
    private readonly users: UserRepository,
    private readonly dropAvatar: DropAvatar,
    private readonly leaveAllWorkspaces: LeaveAllWorkspaces,
    private readonly credentials: CredentialRepository,
    private readonly identities: IdentityRepository,
    private readonly endSecondFactor: EndSecondFactor,
    private readonly mfaChallenges: MfaChallengeRepository,
    private readonly mailedLinks: MailedLinkRepository,
    private readonly endSessions: EndSessions,
    private readonly loginGuard: LoginGuard,
    private readonly provePassword: ProvePassword,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws UnauthorizedError `INVALID_CREDENTIALS`, ConflictError `LAST_OWNER` */
  async execute(actor: UserActor, { password }: { password: string }): Promise<void> {
    const { userId } = actor;
    const passwordHash = await this.provePassword.execute(actor, password);
    await this.unitOfWork.run({}, async () => {
      await this.provePassword.confirm(userId, passwordHash);
      const now = this.clock.now();
      const user = await this.users.get(userId);
      await this.leaveAllWorkspaces.execute({ userId, email: user.state.email });
      await this.endSessions.of(userId, 'account-closed');
      await this.endSecondFactor.of(userId);
      await this.mfaChallenges.removeOf(userId);
      await this.credentials.remove(userId);
      await this.identities.removeOf(userId);
      await this.mailedLinks.voidAllOf(userId);
      await this.loginGuard.forget(user.state.email);
      await this.dropAvatar.execute(userId);
      user.close(now);
      await this.users.save(user);
    });
  }
}
