import type { PermissionDefinition } from '../../../core/domain/Permission';

export const rolePermissions: readonly PermissionDefinition[] = [
  { key: 'roles.read', description: 'See roles and what they hold', heldBy: ['admin', 'member', 'viewer'] },
  { key: 'roles.create', description: 'Make roles', heldBy: ['admin'] },
  { key: 'roles.update', description: 'Change roles and what they hold', heldBy: ['admin'] },
  { key: 'roles.delete', description: 'Delete roles', heldBy: ['admin'] },
  { key: 'roles.assign', description: 'Give roles to members, and take them away', heldBy: ['admin'] },
];
