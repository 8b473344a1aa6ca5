import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { UserId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import { ForbiddenError } from '../../../core/errors/ForbiddenError';
import type { MemberRepository } from '../domain/MemberRepository';
import type { WorkspaceRepository } from '../domain/WorkspaceRepository';
import type { MemberRoles } from './MemberRoles';

/** Ends a membership, one's own or another's. A workspace keeps an owner, and only owners touch owners. */
export class RemoveMember {
  constructor(
    private readonly workspaces: WorkspaceRepository,
    private readonly members: MemberRepository,
    private readonly memberRoles: MemberRoles,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError, ForbiddenError `ROLE_ESCALATION`, ConflictError `LAST_OWNER` */
  execute(actor: WorkspaceActor, { userId }: { userId: UserId }): Promise<void> {
    const { workspaceId } = actor;
    return this.unitOfWork.run(actor, async () => {
      // Two owners who remove each other at the same moment must take turns.
      await this.workspaces.lock(workspaceId);
      const member = await this.members.get(workspaceId, userId);
      const owners = await this.memberRoles.owners(workspaceId);
      if (owners.includes(userId)) {
        // As they are now, under the lock, not as the request was admitted.
        if (!owners.includes(actor.userId)) throw ForbiddenError.escalation('Only an owner may remove an owner.');
        if (owners.length === 1) throw new ConflictError('LAST_OWNER', 'A workspace always has at least one owner.');
      }
      member.leave(actor.userId, this.clock.now());
      await this.members.remove(member);
    });
  }
}
