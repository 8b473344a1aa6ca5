import type { Brand } from '../../../core/domain/Brand';

export type WebhookId = Brand<string, 'WebhookId'>;
export type DeliveryId = Brand<string, 'DeliveryId'>;
