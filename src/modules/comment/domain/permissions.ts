import type { PermissionDefinition } from '../../../core/domain/Permission';

export const commentPermissions: readonly PermissionDefinition[] = [
  { key: 'comments.create', description: 'Comment on tasks', heldBy: ['admin', 'member'] },
  { key: 'comments.read', description: 'See comments', heldBy: ['admin', 'member', 'viewer'] },
  { key: 'comments.update', description: 'Change and delete one’s own comments', heldBy: ['admin', 'member'] },
  { key: 'comments.delete', description: 'Delete comments of others', heldBy: ['admin'] },
];
