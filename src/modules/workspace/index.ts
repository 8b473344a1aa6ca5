/** What other modules may use of workspaces. */
export type { AcceptInvitation } from './application/AcceptInvitation';
export type { JoinByDomain } from './application/JoinByDomain';
export type { LeaveAllWorkspaces } from './application/LeaveAllWorkspaces';
export type { MemberRoles } from './application/MemberRoles';
export type { WorkspaceQueries } from './application/WorkspaceQueries';
export {
  memberJoined,
  memberLeft,
  memberStatusChanged,
  ownershipTransferred,
  workspaceCreated,
  workspacePurged,
} from './domain/events';
export { workspaceIsSuspended } from './domain/Workspace';
export { workspaceView } from './presentation/schemas';
