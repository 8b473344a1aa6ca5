import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Clock } from '../../../core/application/Clock';
import type { FileStorage } from '../../../core/application/FileStorage';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import { newId } from '../../../core/domain/Id';
import { avatarKey, type Avatar, type PictureId } from '../domain/Avatar';
import type { AvatarRepository } from '../domain/AvatarRepository';
import type { UserRepository } from '../domain/UserRepository';
import type { AvatarImages } from './AvatarImages';
import type { DropAvatar } from './DropAvatar';

/** Gives a person a picture, or another one: first what is on it goes to the storage, then it becomes the one that counts. */
export class ChangeAvatar {
  constructor(
    private readonly users: UserRepository,
    private readonly avatars: AvatarRepository,
    private readonly avatarImages: AvatarImages,
    private readonly dropAvatar: DropAvatar,
    private readonly fileStorage: FileStorage,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws RequestError `UNSUPPORTED_MEDIA_TYPE`, UnauthorizedError when the account was closed meanwhile,
   * UnavailableError when the storage does not answer; nothing is left of the picture then
   */
  async execute({ userId }: UserActor, upload: Buffer): Promise<void> {
    const image = await this.avatarImages.normalize(upload);
    const sha256 = hash('sha256', image, 'hex');
    const avatar = { userId, pictureId: newId<PictureId>(), bytes: image.length, sha256 };
    try {
      await this.fileStorage.put(avatarKey(userId, avatar.pictureId), Readable.from([image]));
      await this.give(avatar);
    } catch (error) {
      await this.letGo(avatar).catch(() => {});
      throw error;
    }
  }

  private give(avatar: Avatar): Promise<void> {
    const { userId } = avatar;
    return this.unitOfWork.run({ userId }, async () => {
      const now = this.clock.now();
      const user = await this.users.hold(userId);
      user.assertNotClosed();
      user.changeAvatar(now);
      await this.dropAvatar.execute(userId);
      await this.avatars.add(avatar, now);
      await this.users.save(user);
    });
  }

  /** Unless it counts: a connection that is lost does not tell whether the commit came through. */
  private async letGo(avatar: Avatar): Promise<void> {
    for (const { userId, pictureId } of await this.avatars.unknown([avatar])) {
      await this.fileStorage.remove(avatarKey(userId, pictureId));
    }
  }
}
