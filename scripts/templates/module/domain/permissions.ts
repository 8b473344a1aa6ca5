import type { PermissionDefinition } from '../../../../src/core/domain/Permission';

export const moduleNamePermissions: readonly PermissionDefinition[] = [
  { key: 'entityNames.read', description: 'See entity names', heldBy: ['admin', 'member', 'viewer'] },
  { key: 'entityNames.create', description: 'Make entity names', heldBy: ['admin', 'member'] },
  { key: 'entityNames.update', description: 'Change entity names', heldBy: ['admin', 'member'] },
  { key: 'entityNames.delete', description: 'Delete entity names', heldBy: ['admin'] },
];
