import type { FileStorage } from '../../../core/application/FileStorage';
import type { JobTask } from '../../../core/application/JobQueue';
import { avatarKey, type AvatarAddress } from '../domain/Avatar';

export const REMOVE_PICTURE_JOB = 'user.remove-picture';

/** What was on a picture goes once nobody has it any more. */
export class RemovePicture implements JobTask<AvatarAddress> {
  readonly name = REMOVE_PICTURE_JOB;

  constructor(private readonly fileStorage: FileStorage) {}

  run({ userId, pictureId }: AvatarAddress): Promise<void> {
    return this.fileStorage.remove(avatarKey(userId, pictureId));
  }
}
