import type { PermissionDefinition } from '../../../core/domain/Permission';

export const workspacePermissions: readonly PermissionDefinition[] = [
  { key: 'workspaces.update', description: 'Change name, slug, description and settings', heldBy: ['admin'] },
  { key: 'workspaces.delete', description: 'Delete the workspace', heldBy: [] },
  { key: 'workspaces.transfer', description: 'Offer the ownership to another member', heldBy: [] },
];
