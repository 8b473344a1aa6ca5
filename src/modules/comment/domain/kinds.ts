import type { NotificationKind } from '../../../core/domain/NotificationKind';

const COMMENT = { path: '/workspaces/{workspaceId}/tasks/{taskId}#{commentId}', permission: 'comments.read' } as const;

/** Facts: `taskId`, `task` (its title), `commentId`. */
export const mentioned: NotificationKind = {
  ...COMMENT,
  key: 'mentioned',
  description: 'Somebody mentions you',
  title: '{actor} has mentioned you in {task}',
  byDefault: { inApp: true, email: 'immediate', push: true },
};

/** Facts: `taskId`, `task` (its title), `commentId`. */
export const commented: NotificationKind = {
  ...COMMENT,
  key: 'commented',
  description: 'Somebody comments on a task that you watch',
  title: '{actor} has commented on {task}',
  byDefault: { inApp: true, email: 'daily', push: false },
};

export const commentKinds: readonly NotificationKind[] = [mentioned, commented];
