import type { JobQueue } from '../../../core/application/JobQueue';
import type { UserId } from '../../../core/domain/Id';
import type { AvatarAddress } from '../domain/Avatar';
import type { AvatarRepository } from '../domain/AvatarRepository';
import { REMOVE_PICTURE_JOB } from './RemovePicture';

/** Drops a person's picture, inside the open unit of work, which holds the person; what was on it goes after the commit. */
export class DropAvatar {
  constructor(
    private readonly avatars: AvatarRepository,
    private readonly jobQueue: JobQueue,
  ) {}

  /** Whether there was one. */
  async execute(userId: UserId): Promise<boolean> {
    const pictureId = await this.avatars.remove(userId);
    if (pictureId === null) return false;
    const dropped: AvatarAddress = { userId, pictureId };
    await this.jobQueue.add(REMOVE_PICTURE_JOB, dropped);
    return true;
  }
}
