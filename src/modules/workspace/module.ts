import type { AtriumModule } from '../../core/bootstrap/module';
import { AcceptInvitation } from './application/AcceptInvitation';
import { CreateWorkspace } from './application/CreateWorkspace';
import { InviteMember } from './application/InviteMember';
import { MailInvitationOnMemberInvited } from './application/MailInvitationOnMemberInvited';
import { ChangeMemberStatus } from './application/ChangeMemberStatus';
import { LeaveAllWorkspaces } from './application/LeaveAllWorkspaces';
import { OwnerRules } from './application/OwnerRules';
import { RemoveMember } from './application/RemoveMember';
import {
  invitationRevoked,
  memberInvited,
  memberJoined,
  memberLeft,
  memberStatusChanged,
  workspaceCreated,
} from './domain/events';
import { workspacePermissions } from './domain/permissions';
import { InvitationModel } from './infrastructure/InvitationModel';
import { MemberModel } from './infrastructure/MemberModel';
import { createWorkspaces } from './infrastructure/migrations/createWorkspaces';
import { indexMembers } from './infrastructure/migrations/indexMembers';
import { SequelizeInvitationRepository } from './infrastructure/SequelizeInvitationRepository';
import { SequelizeMemberRepository } from './infrastructure/SequelizeMemberRepository';
import { SequelizeWorkspaceQueries } from './infrastructure/SequelizeWorkspaceQueries';
import { SequelizeWorkspaceRepository } from './infrastructure/SequelizeWorkspaceRepository';
import { workspaceExports } from './infrastructure/workspaceExports';
import { WorkspaceModel } from './infrastructure/WorkspaceModel';
import { MemberController } from './presentation/MemberController';
import { MembershipController } from './presentation/MembershipController';
import { WorkspaceController } from './presentation/WorkspaceController';
import { WorkspaceSockets } from './presentation/WorkspaceSockets';

export const workspaceModule: AtriumModule = {
  name: 'workspace',
  services: {
    workspaces: SequelizeWorkspaceRepository,
    members: SequelizeMemberRepository,
    invitations: SequelizeInvitationRepository,
    workspaceQueries: SequelizeWorkspaceQueries,
    createWorkspace: CreateWorkspace,
    inviteMember: InviteMember,
    acceptInvitation: AcceptInvitation,
    ownerRules: OwnerRules,
    removeMember: RemoveMember,
    changeMemberStatus: ChangeMemberStatus,
    leaveAllWorkspaces: LeaveAllWorkspaces,
  },
  controllers: [WorkspaceController, MembershipController, MemberController],
  sockets: [WorkspaceSockets],
  events: [workspaceCreated, memberInvited, invitationRevoked, memberJoined, memberLeft, memberStatusChanged],
  handlers: [MailInvitationOnMemberInvited],
  permissions: workspacePermissions,
  models: [WorkspaceModel, MemberModel, InvitationModel],
  migrations: [createWorkspaces, indexMembers],
  exports: workspaceExports,
};
