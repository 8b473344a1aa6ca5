/** What other modules may use of workspaces. */
export type { AcceptInvitation } from './application/AcceptInvitation';
export type { LeaveAllWorkspaces } from './application/LeaveAllWorkspaces';
export type { MemberRoles } from './application/MemberRoles';
export type { OwnerRules } from './application/OwnerRules';
export type { WorkspaceQueries } from './application/WorkspaceQueries';
export type { WorkspaceRepository } from './domain/WorkspaceRepository';
export { memberJoined, memberLeft, memberStatusChanged, workspaceCreated } from './domain/events';
export { workspaceView } from './presentation/schemas';
