/** What other modules may use of workspaces. */
export type { AcceptInvitation } from './application/AcceptInvitation';
export type { JoinByDomain } from './application/JoinByDomain';
export type { LeaveAllWorkspaces } from './application/LeaveAllWorkspaces';
export type { MemberRoles } from './application/MemberRoles';
export type { OwnerRules } from './application/OwnerRules';
export type { WorkspaceQueries } from './application/WorkspaceQueries';
export type { WorkspaceRepository } from './domain/WorkspaceRepository';
export {
  invitationRevoked,
  memberInvited,
  memberJoined,
  memberLeft,
  memberStatusChanged,
  ownershipOffered,
  ownershipTransferred,
  workspaceCreated,
  workspacePurged,
  workspaceUpdated,
} from './domain/events';
export { workspaceIsSuspended, type Workspace } from './domain/Workspace';
export { workspaceView } from './presentation/schemas';
