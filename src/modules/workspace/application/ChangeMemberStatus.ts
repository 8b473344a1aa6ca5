import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { UserId } from '../../../core/domain/Id';
import { ForbiddenError } from '../../../core/errors/ForbiddenError';
import type { MemberRepository } from '../domain/MemberRepository';
import type { MemberStatus } from '../domain/MemberStatus';
import type { WorkspaceRepository } from '../domain/WorkspaceRepository';
import type { OwnerRules } from './OwnerRules';

interface Input {
  readonly userId: UserId;
  readonly status: MemberStatus;
  readonly reason?: string;
}

/** Suspends a member, or lets one in again. The account and other workspaces are not touched. */
export class ChangeMemberStatus {
  constructor(
    private readonly workspaces: WorkspaceRepository,
    private readonly members: MemberRepository,
    private readonly ownerRules: OwnerRules,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError, ForbiddenError `ROLE_ESCALATION`, ConflictError `LAST_OWNER` */
  execute(actor: WorkspaceActor, { userId, status, reason = '' }: Input): Promise<void> {
    const { workspaceId } = actor;
    return this.unitOfWork.run(actor, async () => {
      const workspace = await this.workspaces.lock(workspaceId);
      workspace.assertOpen();
      const member = await this.members.get(workspaceId, userId);
      if (userId === actor.userId) throw ForbiddenError.escalation('Nobody changes their own status.');
      await this.ownerRules.assertMayTouch(actor, userId);
      if (status !== 'active') await this.ownerRules.assertNotLast(workspaceId, userId);
      member.changeStatus({ to: status, by: actor.userId, reason: reason || null }, this.clock.now());
      await this.members.save(member);
    });
  }
}
