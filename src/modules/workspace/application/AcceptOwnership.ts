import type { AccessChanges } from '../../../core/application/AccessChanges';
import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { ForbiddenError } from '../../../core/errors/ForbiddenError';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import type { UserRepository } from '../../user';
import type { MemberRepository } from '../domain/MemberRepository';
import type { OwnershipOfferRepository } from '../domain/OwnershipOfferRepository';
import type { WorkspaceRepository } from '../domain/WorkspaceRepository';
import type { MemberRoles } from './MemberRoles';

/**
 * Makes the person to whom the ownership was offered an owner, and who offered it an admin. The role context changes the
 * roles in the same transaction, on `workspace.ownership-transferred`.
 */
export class AcceptOwnership {
  constructor(
    private readonly users: UserRepository,
    private readonly workspaces: WorkspaceRepository,
    private readonly members: MemberRepository,
    private readonly ownershipOffers: OwnershipOfferRepository,
    private readonly memberRoles: MemberRoles,
    private readonly accessChanges: AccessChanges,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws NotFoundError without an open offer to this person by somebody who still is an owner, ForbiddenError
   * `EMAIL_NOT_VERIFIED`, UnauthorizedError `SESSION_REVOKED` for an account that was closed meanwhile
   */
  execute(actor: WorkspaceActor): Promise<void> {
    const { workspaceId, userId: to } = actor;
    return this.unitOfWork.run(actor, async () => {
      (await this.users.hold(to)).assertNotClosed();
      const workspace = await this.workspaces.lock(workspaceId);
      workspace.assertOpen();
      const offer = await this.ownershipOffers.findPending(workspaceId);
      if (!offer) throw new NotFoundError();
      const now = this.clock.now();
      offer.accept(to, now);
      if (!actor.emailVerified) throw new ForbiddenError('EMAIL_NOT_VERIFIED', 'Verify your e-mail address first.');
      const { offeredBy: from } = offer.state;
      const owners = await this.memberRoles.owners(workspaceId);
      const { status } = (await this.members.get(workspaceId, to)).state;
      if (!owners.includes(from) || status !== 'active') throw new NotFoundError();
      await this.ownershipOffers.save(offer);
      workspace.handOver({ from, to }, now);
      await this.workspaces.save(workspace);
      for (const userId of [from, to]) await this.accessChanges.announce({ workspaceId, userId });
    });
  }
}
