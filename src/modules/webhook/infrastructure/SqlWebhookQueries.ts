import type { Page, PageRequest } from '../../../core/application/Page';
import type { WorkspaceId } from '../../../core/domain/Id';
import { found } from '../../../core/infrastructure/database/found';
import { PagedQuery, type Filter } from '../../../core/infrastructure/database/PagedQuery';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { DeliveryFilter, DeliveryView, WebhookQueries, WebhookView } from '../application/WebhookQueries';
import type { WebhookId } from '../domain/WebhookId';
import { DELIVERY_COLUMNS } from './deliveryColumns';

const SELECT = `SELECT id, url, events, disabled_reason IS NULL AS enabled, disabled_reason AS "disabledReason",
  failing_since AS "failingSince", CASE WHEN previous_secret_until > now() THEN previous_secret_until END
  AS "previousSecretUntil", created_by AS "createdBy", created_at AS "createdAt", updated_at AS "updatedAt"`;

const FIND = statement('webhook.view', `${SELECT} FROM webhooks WHERE workspace_id = $1 AND id = $2`);

const LIST = new PagedQuery<WebhookView>({
  name: 'webhook.list',
  select: SELECT,
  from: 'webhooks',
  where: 'workspace_id = $1',
  sorts: { createdAt: { by: 'created_at', type: 'timestamptz' } },
  id: 'id',
});

const DELIVERIES = new PagedQuery<DeliveryView>({
  name: 'webhook.deliveries',
  select: `SELECT ${DELIVERY_COLUMNS}`,
  from: 'webhook_deliveries',
  where: 'workspace_id = $1 AND webhook_id = $2',
  sorts: { createdAt: { by: 'created_at', type: 'timestamptz' } },
  id: 'id',
});

export class SqlWebhookQueries implements WebhookQueries {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async webhook(workspaceId: WorkspaceId, id: WebhookId): Promise<WebhookView> {
    return found(await this.unitOfWork.read<WebhookView>({ workspaceId }, FIND, [workspaceId, id]));
  }

  webhooks(workspaceId: WorkspaceId, request: PageRequest): Promise<Page<WebhookView>> {
    return LIST.run(this.unitOfWork, { workspaceId }, [workspaceId], [], request);
  }

  async deliveries(
    workspaceId: WorkspaceId,
    id: WebhookId,
    { status }: DeliveryFilter,
    request: PageRequest,
  ): Promise<Page<DeliveryView>> {
    await this.webhook(workspaceId, id);
    const filters: Filter[] = status ? [['status = ?', status]] : [];
    return DELIVERIES.run(this.unitOfWork, { workspaceId }, [workspaceId, id], filters, request);
  }
}
