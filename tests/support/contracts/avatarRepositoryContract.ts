import { newId, type UserId } from '../../../src/core/domain/Id';
import type { Avatar, PictureId } from '../../../src/modules/user/domain/Avatar';
import { anAvatar } from '../../fixtures/anAvatar';
import { settle } from '../settle';
import type { RepositoryWorld, StartWorld } from '../RepositoryWorld';

const NOW = new Date('2026-01-15T12:00:00.123Z');

/** What every AvatarRepository does. */
export function avatarRepositoryContract(start: StartWorld): void {
  let world: RepositoryWorld;

  const run = <Result>(work: () => Promise<Result>) => world.unitOfWork.run({}, work);
  const add = (avatar: Avatar) => run(() => world.avatars.add(avatar, NOW));
  const remove = (userId: UserId) => run(() => world.avatars.remove(userId));

  beforeAll(async () => {
    world = await start();
  });

  afterAll(() => world.stop());

  it('keeps one picture of a person, which is removed once', async () => {
    const [ada, charles] = [anAvatar(await settle.user(world)), anAvatar(await settle.user(world))];
    await expect(remove(ada.userId)).resolves.toBeNull();
    await add(ada);
    await add(charles);
    await expect(add(anAvatar(ada.userId))).rejects.toThrow();
    await expect(remove(ada.userId)).resolves.toBe(ada.pictureId);
    await expect(remove(ada.userId)).resolves.toBeNull();
    await expect(remove(charles.userId)).resolves.toBe(charles.pictureId);
  });

  it('gives another one in place of it, in one unit of work', async () => {
    const first = anAvatar(await settle.user(world));
    const second = anAvatar(first.userId);
    await add(first);
    const replaced = await run(async () => {
      const before = await world.avatars.remove(first.userId);
      await world.avatars.add(second, NOW);
      return before;
    });
    expect(replaced).toBe(first.pictureId);
    await expect(remove(first.userId)).resolves.toBe(second.pictureId);
  });

  it('tells which pictures nobody has', async () => {
    const [ada, charles] = [anAvatar(await settle.user(world)), anAvatar(await settle.user(world))];
    await add(ada);
    await add(charles);
    const unknown = [
      { userId: ada.userId, pictureId: newId<PictureId>() },
      { userId: ada.userId, pictureId: charles.pictureId },
      { userId: newId<UserId>(), pictureId: ada.pictureId },
    ];
    const known = [ada, charles].map(({ userId, pictureId }) => ({ userId, pictureId }));
    const found = await world.avatars.unknown([...unknown, ...known]);
    expect(found).toHaveLength(unknown.length);
    expect(found).toEqual(expect.arrayContaining(unknown));
    await expect(world.avatars.unknown([])).resolves.toEqual([]);
  });

  it('forgets what was undone', async () => {
    const ada = anAvatar(await settle.user(world));
    const undone = run(async () => {
      await world.avatars.add(ada, NOW);
      throw new Error('afterwards');
    });
    await expect(undone).rejects.toThrow('afterwards');
    await expect(remove(ada.userId)).resolves.toBeNull();
  });
}
