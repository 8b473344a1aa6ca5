import type { PermissionDefinition } from '../../../core/domain/Permission';

export const rolePermissions: readonly PermissionDefinition[] = [
  { key: 'roles.read', description: 'See roles and what they hold', heldBy: ['admin', 'member', 'viewer'] },
];
