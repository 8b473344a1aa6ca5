import type { WorkspaceId } from '../../../core/domain/Id';
import type { Webhook } from './Webhook';
import type { WebhookId } from './WebhookId';

export interface WebhookRepository {
  /** Held against all others until the transaction ends. @throws NotFoundError */
  get(workspaceId: WorkspaceId, id: WebhookId): Promise<Webhook>;
  /** The same, or null. */
  find(workspaceId: WorkspaceId, id: WebhookId): Promise<Webhook | null>;
  /** All of a workspace, in the order of their making. */
  findAll(workspaceId: WorkspaceId): Promise<Webhook[]>;
  /** How many there are; others that count or add wait until the transaction ends. */
  count(workspaceId: WorkspaceId): Promise<number>;
  /** @throws ConflictError when it was changed since it was read. */
  save(webhook: Webhook): Promise<void>;
  /** With its deliveries. @throws ConflictError when it was changed since it was read. */
  remove(webhook: Webhook): Promise<void>;
}
