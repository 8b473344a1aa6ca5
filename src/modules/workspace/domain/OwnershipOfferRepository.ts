import type { WorkspaceId } from '../../../core/domain/Id';
import type { OwnershipOffer } from './OwnershipOffer';

export interface OwnershipOfferRepository {
  /** The one that waits for an answer, expired or not, if there is one. To be asked under the workspace's lock. */
  findPending(workspaceId: WorkspaceId): Promise<OwnershipOffer | null>;
  /** @throws ConflictError when it was changed since it was read, or another one was made meanwhile. */
  save(offer: OwnershipOffer): Promise<void>;
}
