import type { PermissionDefinition } from '../../../core/domain/Permission';

export const projectPermissions: readonly PermissionDefinition[] = [
  { key: 'projects.create', description: 'Make projects', heldBy: ['admin', 'member'] },
  { key: 'projects.read', description: 'See projects', heldBy: ['admin', 'member', 'viewer'] },
  { key: 'projects.update', description: 'Change projects, and archive them', heldBy: ['admin', 'member'] },
  { key: 'projects.delete', description: 'Delete projects with their tasks, and bring them back', heldBy: ['admin'] },
  { key: 'tasks.create', description: 'Make tasks', heldBy: ['admin', 'member'] },
  { key: 'tasks.read', description: 'See tasks and labels', heldBy: ['admin', 'member', 'viewer'] },
  { key: 'tasks.update', description: 'Change tasks, and make and change labels', heldBy: ['admin', 'member'] },
  { key: 'tasks.delete', description: 'Delete tasks, bring them back, and delete labels', heldBy: ['admin'] },
];
