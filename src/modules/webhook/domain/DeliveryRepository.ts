import type { WorkspaceId } from '../../../core/domain/Id';
import type { Delivery } from './Delivery';
import type { DeliveryId, WebhookId } from './WebhookId';

export interface DeliveryRepository {
  /** Held against all others until the transaction ends. @throws NotFoundError */
  get(workspaceId: WorkspaceId, webhookId: WebhookId, id: DeliveryId): Promise<Delivery>;
  /** Of an event to a webhook, held as well. */
  findByEvent(workspaceId: WorkspaceId, webhookId: WebhookId, eventId: string): Promise<Delivery | null>;
  /** @returns false, and does nothing, when the event has a delivery to the webhook already */
  add(delivery: Delivery): Promise<boolean>;
  /** @throws ConflictError when it was changed since it was read. */
  save(delivery: Delivery): Promise<void>;
  /** Forgets what was made before, and is not under way any more, in all workspaces. */
  purge(before: Date): Promise<void>;
}
