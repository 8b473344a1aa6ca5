import type { PermissionDefinition } from '../../../core/domain/Permission';

export const webhookPermissions: readonly PermissionDefinition[] = [
  { key: 'webhooks.manage', description: 'See, make, change and delete webhooks, and send again', heldBy: ['admin'] },
  {
    key: 'events.read',
    description: 'Read what happens in the workspace, as it is told on sockets',
    heldBy: ['admin', 'member', 'viewer'],
  },
];
