import { anOwnershipOffer } from '../../fixtures/anOwnershipOffer';
import { newId, type UserId, type WorkspaceId } from '../../../src/core/domain/Id';
import { OwnershipOffer, type OwnershipOfferState } from '../../../src/modules/workspace/domain/OwnershipOffer';
import type { RepositoryWorld, StartWorld } from '../RepositoryWorld';
import { settle } from '../settle';

const STALE = { kind: 'conflict', code: 'CONFLICT' };
const NOT_FOUND = { kind: 'not-found', code: 'NOT_FOUND' };
const NOW = new Date('2026-01-15T12:00:00.123Z');
/** Whatever the clock says that a query goes by. */
const LONG_AGO = new Date('2000-01-01T00:00:00.000Z');
const FAR_AHEAD = new Date('2999-12-31T23:59:59.999Z');

/** What every OwnershipOfferRepository does. */
export function ownershipOfferRepositoryContract(start: StartWorld): void {
  let world: RepositoryWorld;
  let workspaceId: WorkspaceId;
  let offeredBy: UserId;
  let userId: UserId;

  const within = <Result>(scope: WorkspaceId, work: () => Promise<Result>) =>
    world.unitOfWork.run({ workspaceId: scope }, work);
  const save = (offer: OwnershipOffer) => within(offer.state.workspaceId, () => world.ownershipOffers.save(offer));
  const find = (scope = workspaceId) => within(scope, () => world.ownershipOffers.findPending(scope));
  const saved = async (state: Partial<OwnershipOfferState> = {}): Promise<OwnershipOfferState> => {
    const offer = anOwnershipOffer({ workspaceId, offeredBy, userId, expiresAt: FAR_AHEAD, ...state });
    await save(offer);
    return offer.state;
  };

  beforeAll(async () => {
    world = await start();
    [offeredBy, userId] = [await settle.user(world), await settle.user(world)];
  });

  beforeEach(async () => {
    workspaceId = await settle.workspace(world);
  });

  afterAll(() => world.stop());

  it('gives back the one that waits, expired or not, to the millisecond', async () => {
    await expect(find()).resolves.toBeNull();
    for (const status of ['accepted', 'declined', 'withdrawn', 'replaced'] as const) await saved({ status });
    await expect(find()).resolves.toBeNull();
    const state = await saved({ expiresAt: LONG_AGO });
    const found = await find();
    expect([found?.state, found?.version, found?.releaseEvents()]).toEqual([state, 1, []]);
  });

  it('keeps one that waits for each workspace', async () => {
    await saved();
    await expect(saved()).rejects.toMatchObject(STALE);
    const other = await settle.workspace(world);
    await expect(saved({ workspaceId: other })).resolves.toBeDefined();
    expect((await find())?.state.workspaceId).toBe(workspaceId);
  });

  it('keeps a change under the next version, and refuses one that is out of date', async () => {
    await saved();
    const [first, second] = [await find(), await find()];
    first?.end(userId, NOW);
    second?.accept(userId, NOW);
    if (first) await save(first);
    await expect(second && save(second)).rejects.toMatchObject(STALE);
    await expect(find()).resolves.toBeNull();
  });

  it('finds none of another workspace, and can not be made to write into one', async () => {
    await saved();
    const other = await settle.workspace(world);
    await expect(within(other, () => world.ownershipOffers.findPending(workspaceId))).resolves.toBeNull();
    const foreign = anOwnershipOffer({ workspaceId: other, offeredBy, userId });
    await expect(within(workspaceId, () => world.ownershipOffers.save(foreign))).rejects.toThrow(/row-level security/);
  });

  it('publishes what happened with the save', async () => {
    const before = (await world.published()).length;
    const offer = OwnershipOffer.make({ id: newId(), workspaceId, offeredBy, userId }, NOW);
    await save(offer);
    await expect(save(OwnershipOffer.make({ id: newId(), workspaceId, offeredBy, userId }, NOW))).rejects.toMatchObject(
      STALE,
    );
    expect((await world.published()).slice(before)).toEqual(['workspace.ownership-offered']);
  });

  it('tells an open one to the two whom it is about', async () => {
    const { id, createdAt, expiresAt } = await saved();
    const view = { id, offeredBy, userId, createdAt, expiresAt };
    const read = (by: UserId) => world.workspaceQueries.ownershipOffer(workspaceId, by);
    await expect(read(userId)).resolves.toEqual(view);
    await expect(read(offeredBy)).resolves.toEqual(view);
    await expect(read(newId())).rejects.toMatchObject(NOT_FOUND);
    workspaceId = await settle.workspace(world);
    await saved({ expiresAt: LONG_AGO });
    await expect(read(userId)).rejects.toMatchObject(NOT_FOUND);
    workspaceId = await settle.workspace(world);
    await saved({ status: 'declined' });
    await expect(read(userId)).rejects.toMatchObject(NOT_FOUND);
  });
}
