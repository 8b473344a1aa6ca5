import { newId, type UserId } from '../../../src/core/domain/Id';
import { MfaChallenge } from '../../../src/modules/auth/domain/MfaChallenge';
import { settle } from '../settle';
import type { RepositoryWorld, StartWorld } from '../RepositoryWorld';

const STALE = { kind: 'conflict', code: 'CONFLICT' };

const NOW = new Date('2026-01-15T12:00:00.123Z');

/** What every MfaChallengeRepository does. */
export function mfaChallengeRepositoryContract(start: StartWorld): void {
  let world: RepositoryWorld;
  let userId: UserId;

  const run = <Result>(work: () => Promise<Result>) => world.unitOfWork.run({}, work);
  const save = (challenge: MfaChallenge) => run(() => world.mfaChallenges.save(challenge));
  const find = (tokenHash: string) => run(() => world.mfaChallenges.findByToken(tokenHash));

  const saved = async () => {
    const id = newId();
    const challenge = MfaChallenge.issue({ id, tokenHash: `hash of ${id}`, userId }, NOW);
    await save(challenge);
    return challenge.state;
  };

  /** The challenge of a token that has one. */
  const found = async (tokenHash: string): Promise<MfaChallenge> => {
    const challenge = await find(tokenHash);
    if (!challenge) throw new Error('There is no challenge.');
    return challenge;
  };

  beforeAll(async () => {
    world = await start();
    userId = await settle.user(world);
  });

  afterAll(() => world.stop());

  it('gives back what was saved, to the millisecond, by its token alone', async () => {
    const state = await saved();
    const challenge = await found(state.tokenHash);
    expect(challenge.state).toEqual(state);
    expect(challenge.version).toBe(1);
    await expect(find('unknown')).resolves.toBeNull();
  });

  it('tells whom one asks, and of an unknown one nobody', async () => {
    const { tokenHash } = await saved();
    await expect(run(() => world.mfaChallenges.userOf(tokenHash))).resolves.toBe(userId);
    await expect(run(() => world.mfaChallenges.userOf('unknown'))).resolves.toBeNull();
  });

  it('says once that it was issued', async () => {
    const before = (await world.published()).length;
    await saved();
    expect((await world.published()).slice(before)).toEqual(['auth.mfa-required']);
  });

  it('keeps a failure under the next version, and refuses one that is out of date', async () => {
    const { tokenHash } = await saved();
    const [first, second] = [await found(tokenHash), await found(tokenHash)];
    first.fail();
    second.fail();
    await save(first);
    await expect(save(second)).rejects.toMatchObject(STALE);
    expect((await found(tokenHash)).state.failures).toBe(1);
  });

  it('removes all of a person, and nobody else’s', async () => {
    const mine = [await saved(), await saved()];
    const other = MfaChallenge.issue({ id: newId(), tokenHash: 'of another', userId: await settle.user(world) }, NOW);
    await save(other);
    await run(() => world.mfaChallenges.removeOf(userId));
    for (const { tokenHash } of mine) await expect(find(tokenHash)).resolves.toBeNull();
    await expect(find('of another')).resolves.not.toBeNull();
    await expect(run(() => world.mfaChallenges.removeOf(userId))).resolves.toBeUndefined();
  });

  it('removes one alone, and does not mind when it is gone', async () => {
    const [{ tokenHash }, other] = [await saved(), await saved()];
    const challenge = await found(tokenHash);
    await run(() => world.mfaChallenges.remove(challenge));
    await expect(find(tokenHash)).resolves.toBeNull();
    await expect(find(other.tokenHash)).resolves.not.toBeNull();
    await expect(run(() => world.mfaChallenges.remove(challenge))).resolves.toBeUndefined();
  });

  it('lets one unit of work at a time hold one, so that each failure counts', async () => {
    const { tokenHash } = await saved();
    const fail = () =>
      run(async () => {
        const challenge = await found(tokenHash);
        challenge.fail();
        await world.mfaChallenges.save(challenge);
      });
    await Promise.all(Array.from({ length: 10 }, fail));
    expect((await found(tokenHash)).state.failures).toBe(10);
  });

  it('forgets what was undone', async () => {
    const { tokenHash } = await saved();
    const undone = run(async () => {
      await world.mfaChallenges.remove(await found(tokenHash));
      throw new Error('afterwards');
    });
    await expect(undone).rejects.toThrow('afterwards');
    await expect(find(tokenHash)).resolves.not.toBeNull();
  });
}
