import { anOwnershipOffer } from '../../../../../tests/fixtures/anOwnershipOffer';
import { NOW } from '../../../../../tests/fixtures/FakeClock';
import { newId, type UserId, type WorkspaceId } from '../../../../core/domain/Id';
import { OwnershipOffer } from '../../domain/OwnershipOffer';
import type { OwnershipOfferId } from '../../domain/OwnershipOfferId';

const NOT_FOUND = { kind: 'not-found', code: 'NOT_FOUND' };

describe('An offer of ownership', () => {
  const [offeredBy, userId] = [newId<UserId>(), newId<UserId>()];
  const offer = { id: newId<OwnershipOfferId>(), workspaceId: newId<WorkspaceId>(), offeredBy, userId };
  const end = new Date(NOW.getTime() + 7 * 24 * 60 * 60 * 1000);

  it('waits for seven days, and is announced', () => {
    const made = OwnershipOffer.make(offer, NOW);
    expect(made.state).toEqual({ ...offer, status: 'pending', createdAt: NOW, expiresAt: end });
    expect(made.releaseEvents()).toMatchObject([
      { type: 'workspace.ownership-offered', actorId: offeredBy, facts: { offerId: offer.id, userId } },
    ]);
  });

  it('is accepted by whom it was made to, in time', () => {
    for (const other of [offeredBy, newId<UserId>()]) {
      expect(() => anOwnershipOffer(offer).accept(other, NOW)).toThrow(expect.objectContaining(NOT_FOUND));
    }
    expect(() => anOwnershipOffer(offer).accept(userId, end)).toThrow(expect.objectContaining(NOT_FOUND));
    const accepted = anOwnershipOffer(offer);
    accepted.accept(userId, new Date(end.getTime() - 1));
    expect(accepted.state.status).toBe('accepted');
  });

  it.each([
    ['declined', userId],
    ['withdrawn', offeredBy],
  ])('is %s by one of the two, in time', (reason, by) => {
    const ended = anOwnershipOffer(offer);
    expect(() => ended.end(newId(), NOW)).toThrow(expect.objectContaining(NOT_FOUND));
    expect(() => ended.end(by, end)).toThrow(expect.objectContaining(NOT_FOUND));
    ended.end(by, NOW);
    expect(ended.state.status).toBe(reason);
    expect(ended.releaseEvents()).toMatchObject([
      { type: 'workspace.ownership-offer-ended', actorId: by, facts: { offerId: offer.id, userId, reason } },
    ]);
  });

  it('is replaced, expired or not', () => {
    const replaced = anOwnershipOffer(offer);
    replaced.replace(offeredBy, end);
    expect(replaced.state.status).toBe('replaced');
    expect(replaced.releaseEvents()).toMatchObject([{ facts: { reason: 'replaced' } }]);
  });
});
