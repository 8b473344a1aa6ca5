import type { AtriumModule } from '../../core/bootstrap/module';
import { AcceptInvitation } from './application/AcceptInvitation';
import { CreateWorkspace } from './application/CreateWorkspace';
import { InviteMember } from './application/InviteMember';
import { MailInvitationOnMemberInvited } from './application/MailInvitationOnMemberInvited';
import { Admission } from './application/Admission';
import { ChangeMemberStatus } from './application/ChangeMemberStatus';
import { ChangeWorkspaceStatus } from './application/ChangeWorkspaceStatus';
import { DeleteWorkspace } from './application/DeleteWorkspace';
import { LeaveAllWorkspaces } from './application/LeaveAllWorkspaces';
import { OwnerRules } from './application/OwnerRules';
import { PurgeDeletedWorkspaces } from './application/PurgeDeletedWorkspaces';
import { RemoveMember } from './application/RemoveMember';
import { RestoreWorkspace } from './application/RestoreWorkspace';
import { SettingsRules } from './application/SettingsRules';
import { UpdateWorkspace } from './application/UpdateWorkspace';
import {
  invitationRevoked,
  memberInvited,
  memberJoined,
  memberLeft,
  memberStatusChanged,
  workspaceCreated,
  workspaceDeleted,
  workspacePurged,
  workspaceRestored,
  workspaceResumed,
  workspaceSuspended,
  workspaceUpdated,
} from './domain/events';
import { workspacePermissions } from './domain/permissions';
import { InvitationModel } from './infrastructure/InvitationModel';
import { MemberModel } from './infrastructure/MemberModel';
import { createWorkspaces } from './infrastructure/migrations/createWorkspaces';
import { indexMembers } from './infrastructure/migrations/indexMembers';
import { manageWorkspaces } from './infrastructure/migrations/manageWorkspaces';
import { purgeWorkspaces } from './infrastructure/migrations/purgeWorkspaces';
import { SequelizeInvitationRepository } from './infrastructure/SequelizeInvitationRepository';
import { SequelizeMemberRepository } from './infrastructure/SequelizeMemberRepository';
import { SequelizeWorkspaceQueries } from './infrastructure/SequelizeWorkspaceQueries';
import { SequelizeWorkspaceRepository } from './infrastructure/SequelizeWorkspaceRepository';
import { SqlWorkspaceRemains } from './infrastructure/SqlWorkspaceRemains';
import { WorkspaceModel } from './infrastructure/WorkspaceModel';
import { AdminWorkspaceController } from './presentation/AdminWorkspaceController';
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
    admission: Admission,
    acceptInvitation: AcceptInvitation,
    ownerRules: OwnerRules,
    removeMember: RemoveMember,
    changeMemberStatus: ChangeMemberStatus,
    leaveAllWorkspaces: LeaveAllWorkspaces,
    settingsRules: SettingsRules,
    updateWorkspace: UpdateWorkspace,
    deleteWorkspace: DeleteWorkspace,
    restoreWorkspace: RestoreWorkspace,
    changeWorkspaceStatus: ChangeWorkspaceStatus,
    workspaceRemains: SqlWorkspaceRemains,
  },
  controllers: [WorkspaceController, MembershipController, MemberController, AdminWorkspaceController],
  sockets: [WorkspaceSockets],
  events: [
    workspaceCreated,
    workspaceUpdated,
    workspaceDeleted,
    workspaceRestored,
    workspaceSuspended,
    workspaceResumed,
    workspacePurged,
    memberInvited,
    invitationRevoked,
    memberJoined,
    memberLeft,
    memberStatusChanged,
  ],
  handlers: [MailInvitationOnMemberInvited],
  jobs: [PurgeDeletedWorkspaces],
  permissions: workspacePermissions,
  models: [WorkspaceModel, MemberModel, InvitationModel],
  migrations: [createWorkspaces, indexMembers, manageWorkspaces, purgeWorkspaces],
};
