import { aTotp } from '../../fixtures/aTotp';
import type { UserId } from '../../../src/core/domain/Id';
import { Totp, type TotpState } from '../../../src/modules/auth/domain/Totp';
import { settle } from '../settle';
import type { RepositoryWorld, StartWorld } from '../RepositoryWorld';

const STALE = { kind: 'conflict', code: 'CONFLICT' };

const NOW = new Date('2026-01-15T12:00:00.123Z');

/** What every TotpRepository does. */
export function totpRepositoryContract(start: StartWorld): void {
  let world: RepositoryWorld;

  const run = <Result>(work: () => Promise<Result>) => world.unitOfWork.run({}, work);
  const find = (userId: UserId) => run(() => world.totps.find(userId));
  const save = (totp: Totp) => run(() => world.totps.save(totp));

  const saved = async (state: Partial<TotpState> = {}): Promise<TotpState> => {
    const totp = aTotp({ userId: await settle.user(world), ...state });
    await save(totp);
    return totp.state;
  };

  /** The second factor of a person who has one. */
  const found = async (userId: UserId): Promise<Totp> => {
    const totp = await find(userId);
    if (!totp) throw new Error('There is no second factor.');
    return totp;
  };

  beforeAll(async () => {
    world = await start();
  });

  afterAll(() => world.stop());

  it.each<Partial<TotpState>>([
    { confirmedAt: null, lastStep: 0, recoveryCodes: [] },
    { confirmedAt: NOW, lastStep: 58_912_345, recoveryCodes: ['a', 'b"c', 'd,{e}'] },
  ])('gives back what was saved: %j', async (state) => {
    const totp = await saved(state);
    const restored = await found(totp.userId);
    expect(restored.state).toEqual(totp);
    expect(restored.version).toBe(1);
    expect(restored.releaseEvents()).toEqual([]);
  });

  it('finds none for a person without one', async () => {
    await expect(find(await settle.user(world))).resolves.toBeNull();
  });

  it('keeps a change under the next version, and refuses one that is out of date', async () => {
    const { userId } = await saved();
    const [first, second] = [await found(userId), await found(userId)];
    first.useStep(1);
    second.useStep(2);
    await save(first);
    await expect(save(second)).rejects.toMatchObject(STALE);
    const restored = await found(userId);
    expect(restored.state.lastStep).toBe(1);
    expect(restored.version).toBe(2);
  });

  it('refuses a second one for the same person', async () => {
    const { userId } = await saved();
    await expect(save(Totp.enroll(userId, 'ANOTHERSECRET'))).rejects.toThrow();
    expect((await found(userId)).state.secret).not.toBe('ANOTHERSECRET');
  });

  it('removes that of one person, who may have another one later', async () => {
    const [{ userId }, other] = [await saved(), await saved()];
    await run(async () => world.totps.remove(await found(userId)));
    await expect(find(userId)).resolves.toBeNull();
    await expect(find(other.userId)).resolves.not.toBeNull();
    await expect(saved({ userId })).resolves.toBeDefined();
  });

  it('lets one unit of work at a time hold it', async () => {
    const { userId } = await saved({ lastStep: 0 });
    const use = () =>
      run(async () => {
        const totp = await found(userId);
        const used = totp.useStep(7);
        if (used) await world.totps.save(totp);
        return used;
      });
    const outcomes = await Promise.all(Array.from({ length: 10 }, use));
    expect(outcomes.filter(Boolean)).toHaveLength(1);
  });

  it('publishes what happened with the change, and nothing of one that was refused', async () => {
    const { userId } = await saved({ confirmedAt: null });
    const before = (await world.published()).length;
    const [first, second] = [await found(userId), await found(userId)];
    first.confirm(1, ['a'], NOW);
    second.confirm(1, ['b'], NOW);
    await save(first);
    await expect(save(second)).rejects.toMatchObject(STALE);
    await run(async () => {
      const totp = await found(userId);
      totp.disable(NOW);
      await world.totps.remove(totp);
    });
    expect((await world.published()).slice(before)).toEqual(['auth.mfa-enabled', 'auth.mfa-disabled']);
  });

  it('needs a unit of work, also to read', async () => {
    const { userId } = await saved();
    await expect(world.totps.find(userId)).rejects.toThrow('open unit of work');
    await expect(world.totps.save(aTotp({ userId }))).rejects.toThrow('open unit of work');
  });
}
