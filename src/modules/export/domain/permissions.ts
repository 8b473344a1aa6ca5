import type { PermissionDefinition } from '../../../core/domain/Permission';

export const EXPORT_WORKSPACE = 'workspaces.export';

export const exportPermissions: readonly PermissionDefinition[] = [
  { key: EXPORT_WORKSPACE, description: 'Take everything in the workspace away as an archive', heldBy: [] },
];
