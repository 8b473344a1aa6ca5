import { defineEvent } from '../../../core/domain/DomainEvent';
import {
  aMoment,
  anId,
  anObject,
  aRecord,
  aText,
  described,
  listOf,
  nullable,
  oneOf,
} from '../../../core/domain/FactSchema';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { InvitationId } from './InvitationId';
import type { MemberStatus } from './MemberStatus';
import type { OwnershipOfferId } from './OwnershipOfferId';
import type { WorkspaceSettings } from './WorkspaceSettings';

/** A workspace as a client reads it. */
interface WorkspaceFacts {
  readonly id: WorkspaceId;
  readonly name: string;
  readonly slug: string;
  readonly description: string | null;
  readonly settings: WorkspaceSettings;
  readonly ownerId: UserId;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export const workspaceCreated = defineEvent<{ ownerId: UserId }>('workspace.created');
const workspaceFacts = {
  id: anId,
  name: aText,
  slug: aText,
  description: nullable(aText),
  settings: anObject,
  ownerId: anId,
  createdAt: aMoment,
  updatedAt: aMoment,
};

/** `before` holds what the changed fields were, for the audit to tell. */
export const workspaceUpdated = defineEvent<{
  workspace: WorkspaceFacts;
  changed: readonly string[];
  before: Partial<WorkspaceFacts>;
}>('workspace.updated', {
  socket: 'workspace:updated',
  facts: {
    workspace: aRecord<WorkspaceFacts>(workspaceFacts),
    changed: described(listOf(aText), 'The names of the members that are not what they were'),
    before: described(anObject, 'What they were'),
  },
});
export const workspaceDeleted = defineEvent<{ restorableUntil: string }>('workspace.deleted', {
  socket: 'workspace:deleted',
  facts: { restorableUntil: aMoment },
});
export const workspaceRestored = defineEvent<object>('workspace.restored');
export const workspaceSuspended = defineEvent<{ reason: string | null }>('workspace.suspended');
export const workspaceResumed = defineEvent<{ reason: string | null }>('workspace.resumed');
/** Belongs to no workspace, for there is none any more. */
export const workspacePurged = defineEvent<{ purgedWorkspaceId: WorkspaceId }>('workspace.purged');
export const ownershipOffered = defineEvent<{ offerId: OwnershipOfferId; userId: UserId }>(
  'workspace.ownership-offered',
);
export const ownershipOfferEnded = defineEvent<{
  offerId: OwnershipOfferId;
  userId: UserId;
  reason: 'declined' | 'withdrawn' | 'replaced';
}>('workspace.ownership-offer-ended');
export const ownershipTransferred = defineEvent<{ from: UserId; to: UserId }>('workspace.ownership-transferred');
export const memberInvited = defineEvent<{ invitationId: InvitationId; role: string }>('workspace.member-invited');
export const invitationResent = defineEvent<{ invitationId: InvitationId; mailing: number }>(
  'workspace.invitation-resent',
);
export const invitationRevoked = defineEvent<{ invitationId: InvitationId }>('workspace.invitation-revoked');
export const memberJoined = defineEvent<{ userId: UserId; roles: readonly string[] }>('workspace.member-joined', {
  socket: 'workspace:member:joined',
  facts: { userId: anId, roles: described(listOf(aText), 'Keys of roles') },
});
export const memberLeft = defineEvent<{ userId: UserId; reason: 'left' | 'removed' }>('workspace.member-left', {
  socket: 'workspace:member:left',
  facts: { userId: anId, reason: oneOf('left', 'removed') },
});
export const memberStatusChanged = defineEvent<{
  userId: UserId;
  from: MemberStatus;
  to: MemberStatus;
  reason: string | null;
}>('workspace.member-status-changed');
