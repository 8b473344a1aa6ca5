import type { UserId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { SessionQueries, SessionView } from '../application/SessionQueries';

const OPEN = statement(
  'auth.open-sessions',
  `SELECT id, user_agent AS device, ip, created_at AS "createdAt", last_used_at AS "lastUsedAt"
   FROM sessions WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > now()
   ORDER BY last_used_at DESC, id DESC LIMIT 100`,
);

export class SqlSessionQueries implements SessionQueries {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  openOf(userId: UserId): Promise<SessionView[]> {
    return this.unitOfWork.read<SessionView>({}, OPEN, [userId]);
  }
}
