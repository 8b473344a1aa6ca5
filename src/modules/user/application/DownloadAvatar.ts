import type { Download, Downloads } from '../../../core/application/Downloads';
import type { UserActor } from '../../../core/domain/Actor';
import type { UserId } from '../../../core/domain/Id';
import { avatarKey } from '../domain/Avatar';
import type { UserQueries } from './UserQueries';

const HEADERS = { type: 'image/webp', name: 'avatar.webp', inline: true };

/** Hands over the picture of a person to somebody who may see it. */
export class DownloadAvatar {
  constructor(
    private readonly userQueries: UserQueries,
    private readonly downloads: Downloads,
  ) {}

  /** @throws NotFoundError, UnavailableError when this node can't reach it */
  async execute(viewer: UserActor, id: UserId): Promise<Download> {
    const { userId, pictureId, bytes, sha256 } = await this.userQueries.avatar(viewer.userId, id);
    return this.downloads.of({ key: avatarKey(userId, pictureId), bytes, sha256 }, HEADERS);
  }
}
