import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import { eachWithNewStorage } from '../../../../../tests/support/localStorage';
import type { UnitOfWork } from '../../../../core/application/UnitOfWork';
import type { UserActor } from '../../../../core/domain/Actor';
import { RequestError } from '../../../../core/errors/RequestError';
import type { LocalFileStorage } from '../../../../core/infrastructure/storage/LocalFileStorage';
import { ChangeAvatar } from '../../application/ChangeAvatar';
import { RemoveAvatar } from '../../application/RemoveAvatar';
import { RemovePicture } from '../../application/RemovePicture';
import { avatarKey, type AvatarAddress } from '../../domain/Avatar';
import { profileChanged } from '../../domain/events';

describe('The picture of a person', () => {
  let storage: LocalFileStorage;
  let platform: InMemoryPlatform;
  let ada: UserActor;
  let unitOfWork: UnitOfWork;
  /** Happens while a picture is drawn. */
  let meanwhile: () => Promise<void>;

  eachWithNewStorage((its) => {
    storage = its;
  });

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    unitOfWork = platform.unitOfWork;
    ada = await platform.addUser();
    meanwhile = async () => {};
  });

  /** Draws what says that it is a picture. */
  async function normalize(upload: Buffer): Promise<Buffer> {
    if (!upload.toString().startsWith('picture')) throw RequestError.unsupportedMediaType();
    await meanwhile();
    return Buffer.from(`drawn ${upload.toString()}`);
  }

  const change = (content: string): Promise<void> => {
    const { users, avatars, dropAvatar, clock } = platform;
    const changeAvatar = new ChangeAvatar(users, avatars, { normalize }, dropAvatar, storage, unitOfWork, clock);
    return changeAvatar.execute(ada, Buffer.from(content));
  };
  const remove = (): Promise<void> => {
    const { users, dropAvatar, clock } = platform;
    return new RemoveAvatar(users, dropAvatar, unitOfWork, clock).execute(ada);
  };
  const runJobs = async (): Promise<void> => {
    const task = new RemovePicture(storage);
    for (const job of platform.jobQueue.added) {
      expect(job.task).toBe(task.name);
      await task.run(job.payload as AvatarAddress);
    }
  };
  const stored = async (): Promise<string[]> => {
    const contents: string[] = [];
    for await (const { key } of storage.list('users')) {
      contents.push(await text((await storage.open(key)) ?? Readable.from([])));
    }
    return contents.sort();
  };
  /** What is on the picture that counts. */
  const picture = async (): Promise<string | null> => {
    const avatar = platform.avatars.find(ada.userId);
    const content = avatar && (await storage.open(avatarKey(ada.userId, avatar.pictureId)));
    return content ? text(content) : null;
  };
  const changes = () => platform.eventBus.of(profileChanged).map(({ facts }) => facts);

  it('is kept as it was drawn, in place of an earlier one, and announced as a change of the profile', async () => {
    platform.clock.advance(60_000);
    await change('picture 1');
    await change('picture 2');
    expect(await picture()).toBe('drawn picture 2');
    expect(platform.avatars.find(ada.userId)).toMatchObject({
      bytes: 'drawn picture 2'.length,
      sha256: '9f28164541a55ef0aa70011f0b92c90efd6a3d023aec82a039422922702726e9',
    });
    const expected = { userId: ada.userId, changed: ['avatar'] };
    expect(changes()).toEqual([expected, expected]);
    const { updatedAt } = (await platform.users.get(ada.userId)).state;
    expect(updatedAt).toEqual(platform.clock.now());
  });

  it('is the only one in the storage once the jobs have run', async () => {
    await change('picture 1');
    await change('picture 2');
    expect(await stored()).toEqual(['drawn picture 1', 'drawn picture 2']);
    await runJobs();
    expect(await stored()).toEqual(['drawn picture 2']);
  });

  it('stays what it was when another one is refused', async () => {
    await change('picture 1');
    await expect(change('<svg/>')).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
    expect(await picture()).toBe('drawn picture 1');
    expect(changes()).toHaveLength(1);
  });

  it('is taken away once; without one nothing happens', async () => {
    await remove();
    expect([changes(), platform.jobQueue.added]).toEqual([[], []]);
    await change('picture 1');
    await remove();
    await remove();
    expect(await picture()).toBeNull();
    expect(changes()).toHaveLength(2);
    await runJobs();
    expect(await stored()).toEqual([]);
  });

  it('is not given to an account that is closed meanwhile, and nothing of it is left', async () => {
    meanwhile = () =>
      platform.unitOfWork.run({}, async () => {
        const user = await platform.users.get(ada.userId);
        user.close(platform.clock.now());
        await platform.users.save(user);
      });
    await expect(change('picture 1')).rejects.toMatchObject({ code: 'SESSION_REVOKED' });
    expect(await stored()).toEqual([]);
    expect(platform.avatars.find(ada.userId)).toBeUndefined();
  });

  it('stays when nobody hears that it counts', async () => {
    const inner = platform.unitOfWork;
    unitOfWork = {
      run: async (scope, work) => {
        await inner.run(scope, work);
        throw new Error('The connection is lost.');
      },
      afterCommit: (callback) => inner.afterCommit(callback),
    };
    await expect(change('picture 1')).rejects.toThrow('lost');
    expect(await picture()).toBe('drawn picture 1');
  });

  it('is not there when the storage fails, and the earlier one is', async () => {
    await change('picture 1');
    const put = storage.put.bind(storage);
    storage.put = async (key, content) => {
      await put(key, content);
      throw new Error('The storage does not answer.');
    };
    await expect(change('picture 2')).rejects.toThrow('The storage does not answer.');
    expect(await picture()).toBe('drawn picture 1');
    expect(await stored()).toEqual(['drawn picture 1']);
  });
});
