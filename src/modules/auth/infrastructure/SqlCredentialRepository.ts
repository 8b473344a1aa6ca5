import type { UserId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { CredentialRepository } from '../domain/CredentialRepository';

const FIND = statement('auth.find-credential', 'SELECT password_hash AS hash FROM credentials WHERE user_id = $1');
const HOLD = statement(
  'auth.hold-credential',
  'SELECT user_id FROM credentials WHERE user_id = $1 AND password_hash = $2 FOR UPDATE',
);
const SAVE = statement(
  'auth.save-credential',
  `INSERT INTO credentials (user_id, password_hash, changed_at) VALUES ($1, $2, $3)
   ON CONFLICT (user_id) DO UPDATE SET password_hash = excluded.password_hash, changed_at = excluded.changed_at`,
);

const REMOVE = statement('auth.remove-credential', 'DELETE FROM credentials WHERE user_id = $1');

export class SqlCredentialRepository implements CredentialRepository {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async find(userId: UserId): Promise<string | null> {
    const [row] = await this.unitOfWork.read<{ hash: string }>({}, FIND, [userId]);
    return row?.hash ?? null;
  }

  async holdCurrent(userId: UserId, passwordHash: string): Promise<boolean> {
    const held = await this.unitOfWork.execute(HOLD, [userId, passwordHash]);
    return held.length === 1;
  }

  async remove(userId: UserId): Promise<void> {
    await this.unitOfWork.execute(REMOVE, [userId]);
  }

  async save(userId: UserId, passwordHash: string, now: Date): Promise<void> {
    await this.unitOfWork.execute(SAVE, [userId, passwordHash, now]);
  }
}
