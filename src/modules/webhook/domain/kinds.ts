import type { NotificationKind } from '../../../core/domain/NotificationKind';

/** Facts: `webhookId`, `host`. */
export const webhookGivenUp: NotificationKind = {
  key: 'webhook-given-up',
  description: 'A webhook that you manage is disabled, because too much could not be delivered',
  title: 'The webhook to {host} in {workspace} is disabled: too much could not be delivered',
  path: '/workspaces/{workspaceId}/webhooks/{webhookId}',
  permission: 'webhooks.manage',
  byDefault: { inApp: true, email: 'immediate', push: true },
};

export const webhookNotificationKinds: readonly NotificationKind[] = [webhookGivenUp];
