import type { EventBus } from '../../../core/application/EventBus';
import type { WorkspaceId } from '../../../core/domain/Id';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import { publishWritten } from '../../../core/infrastructure/database/publishWritten';
import { seal, unseal } from '../../../core/infrastructure/database/sealed';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import { Webhook, type WebhookState } from '../domain/Webhook';
import type { WebhookId } from '../domain/WebhookId';
import type { WebhookRepository } from '../domain/WebhookRepository';
import type { WebhookSecret } from '../domain/webhookSecret';

interface Row extends Omit<WebhookState, 'secret' | 'previous'> {
  readonly sealedSecret: Buffer;
  readonly sealedPreviousSecret: Buffer | null;
  readonly previousSecretUntil: Date | null;
  readonly version: number;
}

const SELECT = `SELECT id, workspace_id AS "workspaceId", url, events, disabled_reason AS "disabledReason",
    sealed_secret AS "sealedSecret", sealed_previous_secret AS "sealedPreviousSecret",
    previous_secret_until AS "previousSecretUntil", failures, failing_since AS "failingSince",
    created_by AS "createdBy", created_at AS "createdAt", updated_at AS "updatedAt", version
  FROM webhooks WHERE workspace_id = $1`;

// Deliveries to it can still be added: FOR UPDATE would hold up every change in its workspace.
const FIND = statement('webhook.find', `${SELECT} AND id = $2 FOR NO KEY UPDATE`);
const FIND_ALL = statement('webhook.find-all', `${SELECT} ORDER BY created_at, id`);
const COUNT = statement('webhook.count', 'SELECT count(*)::int AS count FROM webhooks WHERE workspace_id = $1');
const ADD = statement(
  'webhook.add',
  `INSERT INTO webhooks (workspace_id, id, url, events, disabled_reason, sealed_secret, sealed_previous_secret,
     previous_secret_until, failures, failing_since, updated_at, version, created_by, created_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 + 1, $13, $14) RETURNING id`,
);
const CHANGE = statement(
  'webhook.change',
  `UPDATE webhooks SET url = $3, events = $4, disabled_reason = $5, sealed_secret = $6, sealed_previous_secret = $7,
     previous_secret_until = $8, failures = $9, failing_since = $10, updated_at = $11, version = $12 + 1
   WHERE workspace_id = $1 AND id = $2 AND version = $12 RETURNING id`,
);
const REMOVE = statement(
  'webhook.remove',
  'DELETE FROM webhooks WHERE workspace_id = $1 AND id = $2 AND version = $3 RETURNING id',
);

export class SqlWebhookRepository implements WebhookRepository {
  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly eventBus: EventBus,
    private readonly webhookKey: Buffer,
  ) {}

  async get(workspaceId: WorkspaceId, id: WebhookId): Promise<Webhook> {
    const webhook = await this.find(workspaceId, id);
    if (!webhook) throw new NotFoundError();
    return webhook;
  }

  async find(workspaceId: WorkspaceId, id: WebhookId): Promise<Webhook | null> {
    const [row] = await this.unitOfWork.execute<Row>(FIND, [workspaceId, id]);
    return row ? this.toWebhook(row) : null;
  }

  async findAll(workspaceId: WorkspaceId): Promise<Webhook[]> {
    const rows = await this.unitOfWork.execute<Row>(FIND_ALL, [workspaceId]);
    return rows.map((row) => this.toWebhook(row));
  }

  async count(workspaceId: WorkspaceId): Promise<number> {
    const [row] = await this.unitOfWork.execute<{ count: number }>(COUNT, [workspaceId]);
    return row?.count ?? 0;
  }

  async save(webhook: Webhook): Promise<void> {
    const { state, version } = webhook;
    const changing = [
      state.workspaceId,
      state.id,
      state.url,
      state.events,
      state.disabledReason,
      seal(this.webhookKey, state.secret),
      state.previous && seal(this.webhookKey, state.previous.secret),
      state.previous?.until ?? null,
      state.failures,
      state.failingSince,
      state.updatedAt,
      version,
    ];
    const saved =
      version === 0
        ? await this.unitOfWork.execute(ADD, [...changing, state.createdBy, state.createdAt])
        : await this.unitOfWork.execute(CHANGE, changing);
    await publishWritten(this.eventBus, webhook, saved);
  }

  async remove(webhook: Webhook): Promise<void> {
    const { state, version } = webhook;
    const removed = await this.unitOfWork.execute(REMOVE, [state.workspaceId, state.id, version]);
    await publishWritten(this.eventBus, webhook, removed);
  }

  private toWebhook({ sealedSecret, sealedPreviousSecret, previousSecretUntil, version, ...state }: Row): Webhook {
    const open = (sealed: Buffer): WebhookSecret => unseal(this.webhookKey, sealed) as WebhookSecret;
    const previous =
      sealedPreviousSecret && previousSecretUntil
        ? { secret: open(sealedPreviousSecret), until: previousSecretUntil }
        : null;
    return Webhook.restore({ ...state, secret: open(sealedSecret), previous }, version);
  }
}
