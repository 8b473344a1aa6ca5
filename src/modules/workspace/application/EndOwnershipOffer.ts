import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import type { OwnershipOfferRepository } from '../domain/OwnershipOfferRepository';
import type { WorkspaceRepository } from '../domain/WorkspaceRepository';

/** Withdraws one's offer, or declines one that was made to oneself. */
export class EndOwnershipOffer {
  constructor(
    private readonly workspaces: WorkspaceRepository,
    private readonly ownershipOffers: OwnershipOfferRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError unless there is an open offer by or to this person */
  execute(actor: WorkspaceActor): Promise<void> {
    const { workspaceId, userId } = actor;
    return this.unitOfWork.run(actor, async () => {
      await this.workspaces.lock(workspaceId);
      const offer = await this.ownershipOffers.findPending(workspaceId);
      if (!offer) throw new NotFoundError();
      offer.end(userId, this.clock.now());
      await this.ownershipOffers.save(offer);
    });
  }
}
