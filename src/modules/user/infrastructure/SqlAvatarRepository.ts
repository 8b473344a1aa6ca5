import type { UserId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { Avatar, AvatarAddress, PictureId } from '../domain/Avatar';
import type { AvatarRepository } from '../domain/AvatarRepository';

const ADD = statement(
  'user.add-avatar',
  'INSERT INTO avatars (user_id, picture_id, bytes, sha256, updated_at) VALUES ($1, $2, $3, $4, $5)',
);
const REMOVE = statement(
  'user.remove-avatar',
  'DELETE FROM avatars WHERE user_id = $1 RETURNING picture_id AS "pictureId"',
);
const UNKNOWN = statement(
  'user.unknown-avatars',
  `SELECT user_id AS "userId", picture_id AS "pictureId" FROM unnest($1::uuid[], $2::uuid[]) AS stored (user_id, picture_id)
   WHERE NOT EXISTS (
     SELECT FROM avatars WHERE (avatars.user_id, avatars.picture_id) = (stored.user_id, stored.picture_id))`,
);

export class SqlAvatarRepository implements AvatarRepository {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async add({ userId, pictureId, bytes, sha256 }: Avatar, now: Date): Promise<void> {
    await this.unitOfWork.execute(ADD, [userId, pictureId, bytes, sha256, now]);
  }

  async remove(userId: UserId): Promise<PictureId | null> {
    const [removed] = await this.unitOfWork.execute<{ pictureId: PictureId }>(REMOVE, [userId]);
    return removed?.pictureId ?? null;
  }

  unknown(addresses: readonly AvatarAddress[]): Promise<AvatarAddress[]> {
    const values = [addresses.map(({ userId }) => userId), addresses.map(({ pictureId }) => pictureId)];
    return this.unitOfWork.read<AvatarAddress>({}, UNKNOWN, values);
  }
}
