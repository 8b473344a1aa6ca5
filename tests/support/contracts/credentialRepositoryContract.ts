import { newId, type UserId } from '../../../src/core/domain/Id';
import { settle } from '../settle';
import type { RepositoryWorld, StartWorld } from '../RepositoryWorld';

const NOW = new Date('2026-01-15T12:00:00.123Z');

/** What every CredentialRepository does. */
export function credentialRepositoryContract(start: StartWorld): void {
  let world: RepositoryWorld;

  const save = (userId: UserId, hash: string) =>
    world.unitOfWork.run({ userId }, () => world.credentials.save(userId, hash, NOW));

  beforeAll(async () => {
    world = await start();
  });

  afterAll(() => world.stop());

  it('finds the hash of a person, and none of anybody else', async () => {
    const [ada, charles] = [await settle.user(world), await settle.user(world)];
    await save(ada, '$2b$12$hash-of-ada');
    await expect(world.credentials.find(ada)).resolves.toBe('$2b$12$hash-of-ada');
    await expect(world.credentials.find(charles)).resolves.toBeNull();
    await expect(world.credentials.find(newId())).resolves.toBeNull();
  });

  it('replaces the hash of one person alone', async () => {
    const [ada, charles] = [await settle.user(world), await settle.user(world)];
    await save(ada, 'first');
    await save(charles, 'other');
    await save(ada, 'second');
    await expect(world.credentials.find(ada)).resolves.toBe('second');
    await expect(world.credentials.find(charles)).resolves.toBe('other');
  });

  it('forgets what was undone', async () => {
    const ada = await settle.user(world);
    await save(ada, 'kept');
    const undone = world.unitOfWork.run({ userId: ada }, async () => {
      await world.credentials.save(ada, 'undone', NOW);
      throw new Error('afterwards');
    });
    await expect(undone).rejects.toThrow('afterwards');
    await expect(world.credentials.find(ada)).resolves.toBe('kept');
  });

  it('tells whether a hash is that of the person still', async () => {
    const [ada, charles] = [await settle.user(world), await settle.user(world)];
    await save(ada, 'first');
    const isCurrent = (userId: UserId, hash: string) =>
      world.unitOfWork.run({ userId }, () => world.credentials.holdCurrent(userId, hash));
    await expect(isCurrent(ada, 'first')).resolves.toBe(true);
    await expect(isCurrent(ada, 'First')).resolves.toBe(false);
    await expect(isCurrent(charles, 'first')).resolves.toBe(false);
    await save(ada, 'second');
    await expect(isCurrent(ada, 'first')).resolves.toBe(false);
  });

  it('holds a hash against all others until the unit of work ends', async () => {
    const ada = await settle.user(world);
    await save(ada, 'first');
    const replace = (hash: string) =>
      world.unitOfWork.run({ userId: ada }, async () => {
        const current = await world.credentials.holdCurrent(ada, 'first');
        if (current) await world.credentials.save(ada, hash, NOW);
        return current;
      });
    const outcomes = await Promise.all([replace('a'), replace('b'), replace('c')]);
    expect(outcomes.filter(Boolean)).toHaveLength(1);
  });

  it('needs a unit of work to write, or to hold', async () => {
    const ada = await settle.user(world);
    await expect(world.credentials.holdCurrent(ada, 'hash')).rejects.toThrow('open unit of work');
    await expect(world.credentials.save(ada, 'hash', NOW)).rejects.toThrow('open unit of work');
  });

  it('removes the hash of one person alone', async () => {
    const [ada, charles] = [await settle.user(world), await settle.user(world)];
    await save(ada, 'first');
    await save(charles, 'other');
    await world.unitOfWork.run({}, () => world.credentials.remove(ada));
    await expect(world.credentials.find(ada)).resolves.toBeNull();
    await expect(world.credentials.find(charles)).resolves.toBe('other');
  });
}
