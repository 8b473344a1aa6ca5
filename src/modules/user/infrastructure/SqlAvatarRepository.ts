import type { UserId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { AvatarRepository } from '../domain/AvatarRepository';

const SAVE = statement(
  'user.save-avatar',
  `INSERT INTO avatars (user_id, content, updated_at) VALUES ($1, $2, $3)
   ON CONFLICT (user_id) DO UPDATE SET content = excluded.content, updated_at = excluded.updated_at`,
);
const REMOVE = statement('user.remove-avatar', 'DELETE FROM avatars WHERE user_id = $1 RETURNING user_id');

export class SqlAvatarRepository implements AvatarRepository {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async save(userId: UserId, image: Buffer, now: Date): Promise<void> {
    await this.unitOfWork.execute(SAVE, [userId, image, now]);
  }

  async remove(userId: UserId): Promise<boolean> {
    return (await this.unitOfWork.execute(REMOVE, [userId])).length > 0;
  }
}
