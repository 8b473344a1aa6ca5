import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import type { AvatarRepository } from '../domain/AvatarRepository';
import type { UserRepository } from '../domain/UserRepository';
import type { AvatarImages } from './AvatarImages';

/** Gives a person a picture, or another one. */
export class ChangeAvatar {
  constructor(
    private readonly users: UserRepository,
    private readonly avatars: AvatarRepository,
    private readonly avatarImages: AvatarImages,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws RequestError `UNSUPPORTED_MEDIA_TYPE` */
  async execute({ userId }: UserActor, upload: Buffer): Promise<void> {
    const image = await this.avatarImages.normalize(upload);
    await this.unitOfWork.run({ userId }, async () => {
      const now = this.clock.now();
      const user = await this.users.get(userId);
      user.changeAvatar(now);
      await this.avatars.save(userId, image, now);
      await this.users.save(user);
    });
  }
}
