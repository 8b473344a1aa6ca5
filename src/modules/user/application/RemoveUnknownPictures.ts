import { idsIn, type ContentSweep } from '../../../core/application/ContentSweep';
import type { ScheduledJob } from '../../../core/application/JobQueue';
import { avatarKey, type AvatarAddress } from '../domain/Avatar';
import type { AvatarRepository } from '../domain/AvatarRepository';

/** Pictures go that nobody has: what was left when the storage or a node failed at the wrong moment. */
export class RemoveUnknownPictures implements ScheduledJob {
  readonly name = 'user.remove-unknown-pictures';

  readonly schedule = '17 3 * * *';

  constructor(
    private readonly avatars: AvatarRepository,
    private readonly contentSweep: ContentSweep,
  ) {}

  run(): Promise<void> {
    return this.contentSweep.run<AvatarAddress>({
      folder: 'users',
      keyOf: ({ userId, pictureId }) => avatarKey(userId, pictureId),
      addressOf: (key) => {
        const ids = idsIn(key, avatarKey);
        return ids && { userId: ids[0], pictureId: ids[1] };
      },
      unknown: (addresses) => this.avatars.unknown(addresses),
    });
  }
}
