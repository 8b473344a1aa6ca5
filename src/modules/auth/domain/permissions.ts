import type { PermissionDefinition } from '../../../core/domain/Permission';

export const authPermissions: readonly PermissionDefinition[] = [
  { key: 'apiKeys.manage', description: 'See, make and revoke the API keys of the workspace', heldBy: ['admin'] },
];
