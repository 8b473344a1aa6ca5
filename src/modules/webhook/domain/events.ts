import { defineEvent } from '../../../core/domain/DomainEvent';
import type { WebhookId } from './WebhookId';

/** Why a webhook hears nothing any more. */
export type DisabledReason = 'by-hand' | 'failing';

/** `host` is all that is told of the URL: its path may open something. */
interface WebhookFacts {
  readonly webhookId: WebhookId;
  readonly host: string;
}

export const webhookCreated = defineEvent<WebhookFacts & { events: readonly string[] }>('webhook.created');
export const webhookUpdated = defineEvent<WebhookFacts & { events: readonly string[]; changed: readonly string[] }>(
  'webhook.updated',
);
export const webhookEnabled = defineEvent<WebhookFacts>('webhook.enabled');
export const webhookDisabled = defineEvent<WebhookFacts & { reason: DisabledReason }>('webhook.disabled');
export const webhookSecretRotated = defineEvent<WebhookFacts>('webhook.secret-rotated');
export const webhookDeleted = defineEvent<WebhookFacts>('webhook.deleted');
/** `from` and `to` are moments; `deliveries` is how many were sent again. */
export const webhookReplayed = defineEvent<WebhookFacts & { from: string; to: string; deliveries: number }>(
  'webhook.replayed',
);
