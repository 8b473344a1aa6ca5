import type { Channels } from '../../../core/domain/NotificationKind';
import type { UserId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { PreferenceRepository } from '../domain/PreferenceRepository';

interface Row extends Channels {
  readonly userId: UserId;
  readonly kind: string;
}

const SELECT = `SELECT user_id AS "userId", kind, in_app AS "inApp", email, push FROM notification_preferences`;
const OF = statement('notification.preferences-of', `${SELECT} WHERE user_id = $1`);
const ABOUT = statement('notification.preferences-about', `${SELECT} WHERE kind = $1 AND user_id = ANY ($2::uuid[])`);
const SAVE = statement(
  'notification.save-preference',
  `INSERT INTO notification_preferences (user_id, kind, in_app, email, push) VALUES ($1, $2, $3, $4, $5)
   ON CONFLICT (user_id, kind) DO UPDATE SET in_app = excluded.in_app, email = excluded.email, push = excluded.push`,
);
const FORGET = statement('notification.forget-preferences', 'DELETE FROM notification_preferences WHERE user_id = $1');

const channelsOf = ({ inApp, email, push }: Row): Channels => ({ inApp, email, push });

export class SqlPreferenceRepository implements PreferenceRepository {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async of(userId: UserId): Promise<ReadonlyMap<string, Channels>> {
    const rows = await this.unitOfWork.read<Row>({}, OF, [userId]);
    return new Map(rows.map((row) => [row.kind, channelsOf(row)]));
  }

  async about(kind: string, people: readonly UserId[]): Promise<ReadonlyMap<UserId, Channels>> {
    const rows = await this.unitOfWork.read<Row>({}, ABOUT, [kind, people]);
    return new Map(rows.map((row) => [row.userId, channelsOf(row)]));
  }

  async save(userId: UserId, kind: string, { inApp, email, push }: Channels): Promise<void> {
    await this.unitOfWork.execute(SAVE, [userId, kind, inApp, email, push]);
  }

  async forget(userId: UserId): Promise<void> {
    await this.unitOfWork.execute(FORGET, [userId]);
  }
}
