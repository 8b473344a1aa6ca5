import { ImmediateUnitOfWork } from '../../../../tests/fixtures/ImmediateUnitOfWork';
import { InMemorySignals } from '../../../../tests/fixtures/InMemorySignals';
import { AccessChanges, type AccessChange } from '../../application/AccessChanges';
import { newId, type SessionId, type UserId, type WorkspaceId } from '../../domain/Id';

describe('AccessChanges', () => {
  let unitOfWork: ImmediateUnitOfWork;
  let signals: InMemorySignals;
  let accessChanges: AccessChanges;
  let forgotten: AccessChange[];

  beforeEach(() => {
    unitOfWork = new ImmediateUnitOfWork();
    signals = new InMemorySignals(unitOfWork);
    accessChanges = new AccessChanges(signals);
    forgotten = [];
    accessChanges.onChange((change) => forgotten.push(change));
  });

  it.each<AccessChange>([
    { userId: newId<UserId>(), sessionId: newId<SessionId>() },
    { userId: newId<UserId>(), workspaceId: newId<WorkspaceId>() },
    { workspaceId: newId<WorkspaceId>() },
    {},
  ])('tells every listener what to forget: %j', async (change) => {
    const others: AccessChange[] = [];
    new AccessChanges(signals).onChange((heard) => others.push(heard));
    await accessChanges.announce(change);
    expect(forgotten).toEqual([change]);
    expect(others).toEqual([change]);
  });

  it('tells it with the commit of the change, and never when that is undone', async () => {
    const change = { userId: newId<UserId>() };
    await unitOfWork.run({}, async () => {
      await accessChanges.announce(change);
      expect(forgotten).toEqual([]);
    });
    expect(forgotten).toEqual([change]);

    const failing = unitOfWork.run({}, async () => {
      await accessChanges.announce({});
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    expect(forgotten).toEqual([change]);
  });

  it('has everything forgotten when changes may have been missed', () => {
    signals.resync();
    expect(forgotten).toEqual([{}]);
  });

  it('hears nothing of other topics', async () => {
    await signals.send('something-else', '{"userId":"x"}');
    expect(forgotten).toEqual([]);
  });
});
