import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { newId, type UserId } from '../../../core/domain/Id';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import { UnprocessableError } from '../../../core/errors/UnprocessableError';
import { ValidationError } from '../../../core/errors/ValidationError';
import type { UserRepository } from '../../user';
import type { MemberRepository } from '../domain/MemberRepository';
import { OwnershipOffer } from '../domain/OwnershipOffer';
import type { OwnershipOfferRepository } from '../domain/OwnershipOfferRepository';
import type { WorkspaceRepository } from '../domain/WorkspaceRepository';
import type { OwnerRules } from './OwnerRules';

/** Offers a member to become owner in one's place. There is one offer at a time: a newer one replaces it. */
export class OfferOwnership {
  constructor(
    private readonly workspaces: WorkspaceRepository,
    private readonly members: MemberRepository,
    private readonly users: UserRepository,
    private readonly ownershipOffers: OwnershipOfferRepository,
    private readonly ownerRules: OwnerRules,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws ForbiddenError `ROLE_ESCALATION`, ValidationError for oneself, UnprocessableError `NOT_A_MEMBER` for whom
   * there is no active membership with a verified address
   */
  execute(actor: WorkspaceActor, { userId }: { userId: UserId }): Promise<void> {
    const { workspaceId, userId: offeredBy } = actor;
    return this.unitOfWork.run(actor, async () => {
      const workspace = await this.workspaces.lock(workspaceId);
      workspace.assertOpen();
      await this.ownerRules.assertOwner(workspaceId, offeredBy);
      if (userId === offeredBy) throw ValidationError.field('userId', 'userId must be somebody else than yourself.');
      await this.assertEligible(actor, userId);
      const now = this.clock.now();
      const pending = await this.ownershipOffers.findPending(workspaceId);
      if (pending) {
        pending.replace(offeredBy, now);
        await this.ownershipOffers.save(pending);
      }
      await this.ownershipOffers.save(OwnershipOffer.make({ id: newId(), workspaceId, offeredBy, userId }, now));
    });
  }

  private async assertEligible({ workspaceId }: WorkspaceActor, userId: UserId): Promise<void> {
    const notAMember = (): UnprocessableError =>
      new UnprocessableError('NOT_A_MEMBER', 'The person must be an active member with a verified e-mail address.');
    const member = await this.members.get(workspaceId, userId).catch((error: unknown) => {
      throw error instanceof NotFoundError ? notAMember() : error;
    });
    const { emailVerifiedAt } = (await this.users.get(userId)).state;
    if (member.state.status !== 'active' || !emailVerifiedAt) throw notAMember();
  }
}
