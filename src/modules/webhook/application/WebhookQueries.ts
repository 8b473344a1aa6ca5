import type { Page, PageRequest } from '../../../core/application/Page';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { DeliveryState, DeliveryStatus } from '../domain/Delivery';
import type { WebhookState } from '../domain/Webhook';
import type { WebhookId } from '../domain/WebhookId';

export interface WebhookView extends Omit<WebhookState, 'workspaceId' | 'secret' | 'previous' | 'failures'> {
  readonly enabled: boolean;
  /** Until when deliveries are signed with the secret before as well; null when only the newest is in use. */
  readonly previousSecretUntil: Date | null;
}

export type DeliveryView = Omit<DeliveryState, 'workspaceId' | 'webhookId'>;

export interface DeliveryFilter {
  readonly status?: DeliveryStatus;
}

export interface WebhookQueries {
  /** @throws NotFoundError */
  webhook(workspaceId: WorkspaceId, id: WebhookId): Promise<WebhookView>;
  webhooks(workspaceId: WorkspaceId, request: PageRequest): Promise<Page<WebhookView>>;
  /** @throws NotFoundError when there is no such webhook */
  deliveries(
    workspaceId: WorkspaceId,
    id: WebhookId,
    filter: DeliveryFilter,
    request: PageRequest,
  ): Promise<Page<DeliveryView>>;
}
