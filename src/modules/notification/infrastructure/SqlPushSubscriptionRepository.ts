import type { UserId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { PushEndpoint } from '../domain/PushEndpoint';
import {
  MAX_SUBSCRIPTIONS,
  type PushSubscription,
  type PushSubscriptionRepository,
} from '../domain/PushSubscriptionRepository';

const SAVE = statement(
  'notification.save-push-subscription',
  `INSERT INTO push_subscriptions (endpoint, user_id, p256dh, auth, created_at) VALUES ($1, $2, $3, $4, $5)
   ON CONFLICT (endpoint) DO UPDATE SET user_id = excluded.user_id, p256dh = excluded.p256dh, auth = excluded.auth,
     created_at = excluded.created_at`,
);
const DROP_OLDEST = statement(
  'notification.drop-oldest-push-subscriptions',
  `DELETE FROM push_subscriptions WHERE endpoint IN (
     SELECT endpoint FROM push_subscriptions WHERE user_id = $1 ORDER BY created_at DESC, endpoint OFFSET $2)`,
);
const OF = statement(
  'notification.push-subscriptions-of',
  'SELECT endpoint, p256dh, auth FROM push_subscriptions WHERE user_id = $1 ORDER BY created_at DESC, endpoint',
);
const REMOVE = statement(
  'notification.remove-push-subscriptions',
  'DELETE FROM push_subscriptions WHERE user_id = $1 AND ($2::text IS NULL OR endpoint = $2)',
);

export class SqlPushSubscriptionRepository implements PushSubscriptionRepository {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async save(userId: UserId, { endpoint, p256dh, auth }: PushSubscription, now: Date): Promise<void> {
    await this.unitOfWork.execute(SAVE, [endpoint, userId, p256dh, auth, now]);
    await this.unitOfWork.execute(DROP_OLDEST, [userId, MAX_SUBSCRIPTIONS]);
  }

  of(userId: UserId): Promise<readonly PushSubscription[]> {
    return this.unitOfWork.read<PushSubscription>({}, OF, [userId]);
  }

  async remove(userId: UserId, endpoint?: PushEndpoint): Promise<void> {
    await this.unitOfWork.execute(REMOVE, [userId, endpoint ?? null]);
  }
}
