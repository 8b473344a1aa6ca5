import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { UserActor } from '../../../../core/domain/Actor';
import { RequestError } from '../../../../core/errors/RequestError';
import type { AvatarImages } from '../../application/AvatarImages';
import { ChangeAvatar } from '../../application/ChangeAvatar';
import { RemoveAvatar } from '../../application/RemoveAvatar';
import { profileChanged } from '../../domain/events';

/** Draws what says that it is a picture. */
const drawing: AvatarImages = {
  async normalize(upload) {
    if (!upload.toString().startsWith('picture')) throw RequestError.unsupportedMediaType();
    return Buffer.from(`drawn ${upload.toString()}`);
  },
};

describe('The picture of a person', () => {
  let platform: InMemoryPlatform;
  let ada: UserActor;
  let change: (content: string) => Promise<void>;
  let remove: () => Promise<void>;

  const picture = () => platform.unitOfWork.run({}, async () => platform.avatars.find(ada.userId)?.toString());
  const changes = () => platform.eventBus.of(profileChanged).map(({ facts }) => facts);

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    ada = await platform.addUser();
    const { users, avatars, unitOfWork, clock } = platform;
    const changeAvatar = new ChangeAvatar(users, avatars, drawing, unitOfWork, clock);
    const removeAvatar = new RemoveAvatar(users, avatars, unitOfWork, clock);
    change = (content) => changeAvatar.execute(ada, Buffer.from(content));
    remove = () => removeAvatar.execute(ada);
  });

  it('is kept as it was drawn, in place of an earlier one, and announced as a change of the profile', async () => {
    platform.clock.advance(60_000);
    await change('picture 1');
    await change('picture 2');
    await expect(picture()).resolves.toBe('drawn picture 2');
    const expected = { userId: ada.userId, changed: ['avatar'] };
    expect(changes()).toEqual([expected, expected]);
    const { updatedAt } = (await platform.users.get(ada.userId)).state;
    expect(updatedAt).toEqual(platform.clock.now());
  });

  it('stays what it was when another one is refused', async () => {
    await change('picture 1');
    await expect(change('<svg/>')).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
    await expect(picture()).resolves.toBe('drawn picture 1');
    expect(changes()).toHaveLength(1);
  });

  it('is taken away once; without one nothing happens', async () => {
    await remove();
    expect(changes()).toEqual([]);
    await change('picture 1');
    await remove();
    await remove();
    await expect(picture()).resolves.toBeUndefined();
    expect(changes()).toHaveLength(2);
  });
});
