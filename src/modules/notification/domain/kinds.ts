import type { NotificationKind } from '../../../core/domain/NotificationKind';

const TELL = { inApp: true, email: 'immediate', push: true } as const;
const COLLECT = { inApp: true, email: 'daily', push: false } as const;

export const invited: NotificationKind = {
  key: 'invited',
  description: 'Somebody invites you to a workspace',
  title: '{actor} invites you to {workspace}',
  path: '/invitations/{invitationId}',
  byDefault: { inApp: true, email: 'off', push: true },
  mailedElsewhere: true,
};

export const joined: NotificationKind = {
  key: 'joined',
  description: 'Somebody joins a workspace whose members you manage',
  title: '{actor} has joined {workspace}',
  path: '/workspaces/{workspaceId}/members/{userId}',
  permission: 'users.create',
  byDefault: COLLECT,
};

export const roleChanged: NotificationKind = {
  key: 'role-changed',
  description: 'Your roles in a workspace change',
  title: '{actor} has changed your roles in {workspace} to {roles}',
  path: '/workspaces/{workspaceId}',
  byDefault: TELL,
};

export const ownershipOffered: NotificationKind = {
  key: 'ownership-offered',
  description: 'An owner offers you a workspace',
  title: '{actor} offers you the ownership of {workspace}',
  path: '/transfer-ownership?workspace={workspaceId}',
  byDefault: { inApp: true, email: 'off', push: true },
  mailedElsewhere: true,
};

export const notificationKinds: readonly NotificationKind[] = [invited, joined, roleChanged, ownershipOffered];
