import type { PermissionDefinition } from '../../../core/domain/Permission';

export const READ_AUDIT = 'audit.read';

export const auditPermissions: readonly PermissionDefinition[] = [
  { key: READ_AUDIT, description: 'Read, export and verify the audit of the workspace', heldBy: ['admin'] },
];
