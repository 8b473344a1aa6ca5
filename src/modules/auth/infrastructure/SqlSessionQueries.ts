import type { UserId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { SessionQueries, SessionView } from '../application/SessionQueries';
import type { Client } from '../application/Sessions';

const OPEN = statement(
  'auth.open-sessions',
  `SELECT id, user_agent AS device, ip, created_at AS "createdAt", last_used_at AS "lastUsedAt"
   FROM sessions WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > now()
   ORDER BY last_used_at DESC, id DESC LIMIT 100`,
);

const KNOWS_DEVICE = statement(
  'auth.knows-device',
  'SELECT EXISTS (SELECT FROM sessions WHERE user_id = $1 AND ip = $2 AND user_agent = $3) AS known',
);

export class SqlSessionQueries implements SessionQueries {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  openOf(userId: UserId): Promise<SessionView[]> {
    return this.unitOfWork.read<SessionView>({}, OPEN, [userId]);
  }

  async knowsDevice(userId: UserId, { ip, userAgent }: Client): Promise<boolean> {
    const [row] = await this.unitOfWork.read<{ known: boolean }>({}, KNOWS_DEVICE, [userId, ip, userAgent]);
    return row?.known ?? false;
  }
}
