import { AggregateRoot } from '../../../core/domain/AggregateRoot';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import { ownershipOffered, ownershipOfferEnded } from './events';
import type { OwnershipOfferId } from './OwnershipOfferId';

export interface OwnershipOfferState {
  readonly id: OwnershipOfferId;
  readonly workspaceId: WorkspaceId;
  readonly offeredBy: UserId;
  readonly userId: UserId;
  readonly status: 'pending' | 'accepted' | 'declined' | 'withdrawn' | 'replaced';
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

const LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/** One owner's offer to a member to become owner in their place: it holds for seven days, and a newer one replaces it. */
export class OwnershipOffer extends AggregateRoot<OwnershipOfferState> {
  static make(
    { id, workspaceId, offeredBy, userId }: Pick<OwnershipOfferState, 'id' | 'workspaceId' | 'offeredBy' | 'userId'>,
    now: Date,
  ): OwnershipOffer {
    const expiresAt = new Date(now.getTime() + LIFETIME_MS);
    const offer = new OwnershipOffer(
      { id, workspaceId, offeredBy, userId, status: 'pending', createdAt: now, expiresAt },
      0,
    );
    offer.record(ownershipOffered({ workspaceId, actorId: offeredBy, at: now }, { offerId: id, userId }));
    return offer;
  }

  static restore(state: OwnershipOfferState, version: number): OwnershipOffer {
    return new OwnershipOffer(state, version);
  }

  isBetween(userId: UserId): boolean {
    return userId === this.state.userId || userId === this.state.offeredBy;
  }

  /** @throws NotFoundError for anybody else, and once it has expired */
  accept(by: UserId, now: Date): void {
    if (by !== this.state.userId || now >= this.state.expiresAt) throw new NotFoundError();
    this.change({ status: 'accepted' });
  }

  /**
   * By either of the two: it is withdrawn or declined.
   * @throws NotFoundError for anybody else, and once it has expired
   */
  end(by: UserId, now: Date): void {
    if (!this.isBetween(by) || now >= this.state.expiresAt) throw new NotFoundError();
    this.close(by === this.state.userId ? 'declined' : 'withdrawn', by, now);
  }

  /** A newer offer takes its place. */
  replace(by: UserId, now: Date): void {
    this.close('replaced', by, now);
  }

  private close(reason: 'declined' | 'withdrawn' | 'replaced', by: UserId, now: Date): void {
    const { id: offerId, workspaceId, userId } = this.state;
    this.change({ status: reason });
    this.record(ownershipOfferEnded({ workspaceId, actorId: by, at: now }, { offerId, userId, reason }));
  }
}
