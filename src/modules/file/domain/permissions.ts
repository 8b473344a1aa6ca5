import type { PermissionDefinition } from '../../../core/domain/Permission';

/** Taken to delete what somebody else has uploaded. */
export const DELETE_FILES = 'files.delete';

export const filePermissions: readonly PermissionDefinition[] = [
  { key: 'files.read', description: 'See and download files', heldBy: ['admin', 'member', 'viewer'] },
  { key: 'files.create', description: 'Upload files, and delete one’s own', heldBy: ['admin', 'member'] },
  { key: DELETE_FILES, description: 'Delete the files of others', heldBy: ['admin'] },
];
