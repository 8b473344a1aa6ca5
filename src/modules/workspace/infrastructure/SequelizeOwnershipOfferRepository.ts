import type { EventBus } from '../../../core/application/EventBus';
import type { WorkspaceId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import { mapViolations } from '../../../core/infrastructure/database/databaseErrors';
import { saveAggregate } from '../../../core/infrastructure/database/saveAggregate';
import { OwnershipOffer } from '../domain/OwnershipOffer';
import type { OwnershipOfferRepository } from '../domain/OwnershipOfferRepository';
import { OwnershipOfferModel } from './OwnershipOfferModel';

const CONFLICTS = { ownership_offers_one_pending: () => ConflictError.stale() };

export class SequelizeOwnershipOfferRepository implements OwnershipOfferRepository {
  constructor(private readonly eventBus: EventBus) {}

  async findPending(workspaceId: WorkspaceId): Promise<OwnershipOffer | null> {
    const row = await OwnershipOfferModel.findOne({ where: { workspaceId, status: 'pending' } });
    if (!row) return null;
    const { version, ...state } = row.get({ plain: true }) as OwnershipOfferModel;
    return OwnershipOffer.restore(state, version);
  }

  async save(offer: OwnershipOffer): Promise<void> {
    const { workspaceId, id } = offer.state;
    await mapViolations(CONFLICTS, () => saveAggregate(OwnershipOfferModel, offer, { workspaceId, id }));
    await this.eventBus.publish(offer.releaseEvents());
  }
}
