import type { NotificationKind } from '../../../core/domain/NotificationKind';

const TELL = { inApp: true, email: 'immediate', push: true } as const;
const COLLECT = { inApp: true, email: 'daily', push: false } as const;

const TASK = { path: '/workspaces/{workspaceId}/tasks/{taskId}', permission: 'tasks.read' } as const;

/** Facts: `taskId`, `task` (its title). */
export const assigned: NotificationKind = {
  ...TASK,
  key: 'assigned',
  description: 'Somebody assigns you a task',
  title: '{actor} has assigned you {task}',
  byDefault: TELL,
};

/** Facts: `taskId`, `task`. */
export const dueSoon: NotificationKind = {
  ...TASK,
  key: 'due-soon',
  description: 'A task of yours is due soon',
  title: '{task} is due soon',
  byDefault: COLLECT,
};

export const taskKinds: readonly NotificationKind[] = [assigned, dueSoon];
