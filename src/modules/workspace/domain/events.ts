import { defineEvent } from '../../../core/domain/DomainEvent';
import type { UserId } from '../../../core/domain/Id';
import type { InvitationId } from './InvitationId';
import type { MemberStatus } from './MemberStatus';

export const workspaceCreated = defineEvent<{ ownerId: UserId }>('workspace.created');
export const memberInvited = defineEvent<{ invitationId: InvitationId; role: string }>('workspace.member-invited');
export const invitationRevoked = defineEvent<{ invitationId: InvitationId }>('workspace.invitation-revoked');
export const memberJoined = defineEvent<{ userId: UserId; roles: readonly string[] }>('workspace.member-joined', {
  socket: 'workspace:member:joined',
});
export const memberLeft = defineEvent<{ userId: UserId; reason: 'left' | 'removed' }>('workspace.member-left', {
  socket: 'workspace:member:left',
});
export const memberStatusChanged = defineEvent<{
  userId: UserId;
  from: MemberStatus;
  to: MemberStatus;
  reason: string | null;
}>('workspace.member-status-changed');
