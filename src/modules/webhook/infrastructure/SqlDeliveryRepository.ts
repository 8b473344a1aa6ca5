import type { WorkspaceId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import { found } from '../../../core/infrastructure/database/found';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import { Delivery, type DeliveryState } from '../domain/Delivery';
import type { DeliveryRepository } from '../domain/DeliveryRepository';
import type { DeliveryId, WebhookId } from '../domain/WebhookId';
import { DELIVERY_COLUMNS } from './deliveryColumns';

type Row = DeliveryState & { readonly version: number };

const SELECT = `SELECT ${DELIVERY_COLUMNS}, workspace_id AS "workspaceId", webhook_id AS "webhookId", version
  FROM webhook_deliveries WHERE workspace_id = $1 AND webhook_id = $2`;

const GET = statement('webhook.get-delivery', `${SELECT} AND id = $3 FOR UPDATE`);
const FIND_BY_EVENT = statement('webhook.find-delivery', `${SELECT} AND event_id = $3 FOR UPDATE`);
const ADD = statement(
  'webhook.add-delivery',
  `INSERT INTO webhook_deliveries (workspace_id, id, webhook_id, event_id, event_type, status, attempts,
     next_attempt_at, last_attempt_at, response_status, failure, created_at, delivered_at, version)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)
   ON CONFLICT ON CONSTRAINT webhook_deliveries_once DO NOTHING RETURNING id`,
);
const CHANGE = statement(
  'webhook.change-delivery',
  `UPDATE webhook_deliveries SET status = $4, attempts = $5, next_attempt_at = $6, last_attempt_at = $7,
     response_status = $8, failure = $9, delivered_at = $10, version = version + 1
   WHERE workspace_id = $1 AND id = $2 AND version = $3 RETURNING id`,
);
const PURGE = statement(
  'webhook.purge-deliveries',
  `DELETE FROM webhook_deliveries WHERE created_at < $1 AND status <> 'pending'`,
);

export class SqlDeliveryRepository implements DeliveryRepository {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async get(workspaceId: WorkspaceId, webhookId: WebhookId, id: DeliveryId): Promise<Delivery> {
    return toDelivery(found(await this.unitOfWork.execute<Row>(GET, [workspaceId, webhookId, id])));
  }

  async findByEvent(workspaceId: WorkspaceId, webhookId: WebhookId, eventId: string): Promise<Delivery | null> {
    const [row] = await this.unitOfWork.execute<Row>(FIND_BY_EVENT, [workspaceId, webhookId, eventId]);
    return row ? toDelivery(row) : null;
  }

  async add({ state }: Delivery): Promise<boolean> {
    const { workspaceId, id, webhookId, eventId, eventType, createdAt, ...progress } = state;
    const { status, attempts, nextAttemptAt, lastAttemptAt, responseStatus, failure, deliveredAt } = progress;
    const identity = [workspaceId, id, webhookId, eventId, eventType];
    const attempted = [status, attempts, nextAttemptAt, lastAttemptAt, responseStatus, failure];
    const added = await this.unitOfWork.execute(ADD, [...identity, ...attempted, createdAt, deliveredAt]);
    return added.length === 1;
  }

  async save({ state, version }: Delivery): Promise<void> {
    const { workspaceId, id, status, attempts, nextAttemptAt, lastAttemptAt, responseStatus, failure } = state;
    const progress = [status, attempts, nextAttemptAt, lastAttemptAt, responseStatus, failure, state.deliveredAt];
    const saved = await this.unitOfWork.execute(CHANGE, [workspaceId, id, version, ...progress]);
    if (saved.length !== 1) throw ConflictError.stale();
  }

  async purge(before: Date): Promise<void> {
    await this.unitOfWork.execute(PURGE, [before]);
  }
}

function toDelivery({ version, ...state }: Row): Delivery {
  return Delivery.restore(state, version);
}
