import { settle } from '../settle';
import type { RepositoryWorld, StartWorld } from '../RepositoryWorld';

const NOW = new Date('2026-01-15T12:00:00.123Z');

/** What every AvatarRepository does. */
export function avatarRepositoryContract(start: StartWorld): void {
  let world: RepositoryWorld;

  const run = <Result>(work: () => Promise<Result>) => world.unitOfWork.run({}, work);

  beforeAll(async () => {
    world = await start();
  });

  afterAll(() => world.stop());

  it('keeps one picture of a person, which is removed once', async () => {
    const [ada, charles] = [await settle.user(world), await settle.user(world)];
    const remove = () => run(() => world.avatars.remove(ada));
    await expect(remove()).resolves.toBe(false);
    await run(() => world.avatars.save(ada, Buffer.from('first'), NOW));
    await run(() => world.avatars.save(ada, Buffer.from('second'), NOW));
    await run(() => world.avatars.save(charles, Buffer.from('other'), NOW));
    await expect(remove()).resolves.toBe(true);
    await expect(remove()).resolves.toBe(false);
    await expect(run(() => world.avatars.remove(charles))).resolves.toBe(true);
  });

  it('forgets what was undone', async () => {
    const ada = await settle.user(world);
    const undone = run(async () => {
      await world.avatars.save(ada, Buffer.from('undone'), NOW);
      throw new Error('afterwards');
    });
    await expect(undone).rejects.toThrow('afterwards');
    await expect(run(() => world.avatars.remove(ada))).resolves.toBe(false);
  });
}
