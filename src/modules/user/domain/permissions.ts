import type { PermissionDefinition } from '../../../core/domain/Permission';

export const userPermissions: readonly PermissionDefinition[] = [
  { key: 'users.create', description: 'Invite people', heldBy: ['admin'] },
  { key: 'users.read', description: 'See the members and their roles', heldBy: ['admin', 'member', 'viewer'] },
  { key: 'users.update', description: 'Activate, deactivate and ban members', heldBy: ['admin'] },
  { key: 'users.delete', description: 'Remove members', heldBy: ['admin'] },
];
