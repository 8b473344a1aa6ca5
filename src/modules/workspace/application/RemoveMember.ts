import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { UserId } from '../../../core/domain/Id';
import type { MemberRepository } from '../domain/MemberRepository';
import type { WorkspaceRepository } from '../domain/WorkspaceRepository';
import type { Departure } from './Departure';
import type { OwnerRules } from './OwnerRules';

/** Ends a membership, one's own or another's. A workspace keeps an owner, and only owners touch owners. */
export class RemoveMember {
  constructor(
    private readonly workspaces: WorkspaceRepository,
    private readonly members: MemberRepository,
    private readonly ownerRules: OwnerRules,
    private readonly departure: Departure,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError, ForbiddenError `ROLE_ESCALATION`, ConflictError `LAST_OWNER` */
  execute(actor: WorkspaceActor, { userId }: { userId: UserId }): Promise<void> {
    const { workspaceId } = actor;
    return this.unitOfWork.run(actor, async () => {
      const workspace = await this.workspaces.lock(workspaceId);
      workspace.assertOpen();
      const member = await this.members.get(workspaceId, userId);
      await this.ownerRules.assertMayTouch(actor, userId);
      await this.departure.depart(workspace, member, actor.userId, this.clock.now());
    });
  }
}
