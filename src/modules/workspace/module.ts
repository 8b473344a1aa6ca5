import type { AtriumModule } from '../../core/bootstrap/module';
import { AcceptInvitation } from './application/AcceptInvitation';
import { CreateWorkspace } from './application/CreateWorkspace';
import { Departure } from './application/Departure';
import { EndOwnershipOffer } from './application/EndOwnershipOffer';
import { InviteMember } from './application/InviteMember';
import { JoinByDomain } from './application/JoinByDomain';
import { JoinByDomainOnEmailVerified } from './application/JoinByDomainOnEmailVerified';
import { MailInvitationOnInvitationResent } from './application/MailInvitationOnInvitationResent';
import { MailInvitationOnMemberInvited } from './application/MailInvitationOnMemberInvited';
import { AcceptOwnership } from './application/AcceptOwnership';
import { Admission } from './application/Admission';
import { ChangeMemberStatus } from './application/ChangeMemberStatus';
import { ChangeWorkspaceStatus } from './application/ChangeWorkspaceStatus';
import { DeleteWorkspace } from './application/DeleteWorkspace';
import { LeaveAllWorkspaces } from './application/LeaveAllWorkspaces';
import { MailOfferOnOwnershipOffered } from './application/MailOfferOnOwnershipOffered';
import { OfferOwnership } from './application/OfferOwnership';
import { OwnerRules } from './application/OwnerRules';
import { PurgeDeletedWorkspaces } from './application/PurgeDeletedWorkspaces';
import { RemoveMember } from './application/RemoveMember';
import { ResendInvitation } from './application/ResendInvitation';
import { RestoreWorkspace } from './application/RestoreWorkspace';
import { RevokeInvitation } from './application/RevokeInvitation';
import { SettingsRules } from './application/SettingsRules';
import { UpdateWorkspace } from './application/UpdateWorkspace';
import {
  invitationResent,
  invitationRevoked,
  memberInvited,
  memberJoined,
  memberLeft,
  memberStatusChanged,
  ownershipOffered,
  ownershipOfferEnded,
  ownershipTransferred,
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
import { coverMembers } from './infrastructure/migrations/coverMembers';
import { createWorkspaces } from './infrastructure/migrations/createWorkspaces';
import { indexMemberStatus } from './infrastructure/migrations/indexMemberStatus';
import { indexMembers } from './infrastructure/migrations/indexMembers';
import { letKeysInvite } from './infrastructure/migrations/letKeysInvite';
import { joinByDomain } from './infrastructure/migrations/joinByDomain';
import { manageWorkspaces } from './infrastructure/migrations/manageWorkspaces';
import { offerOwnership } from './infrastructure/migrations/offerOwnership';
import { purgeWorkspaces } from './infrastructure/migrations/purgeWorkspaces';
import { resendInvitations } from './infrastructure/migrations/resendInvitations';
import { OwnershipOfferModel } from './infrastructure/OwnershipOfferModel';
import { SequelizeInvitationRepository } from './infrastructure/SequelizeInvitationRepository';
import { SequelizeMemberRepository } from './infrastructure/SequelizeMemberRepository';
import { SequelizeOwnershipOfferRepository } from './infrastructure/SequelizeOwnershipOfferRepository';
import { SequelizeWorkspaceQueries } from './infrastructure/SequelizeWorkspaceQueries';
import { SqlWorkspaceRepository } from './infrastructure/SqlWorkspaceRepository';
import { SqlWorkspaceRemains } from './infrastructure/SqlWorkspaceRemains';
import { workspaceExports } from './infrastructure/workspaceExports';
import { AdminWorkspaceController } from './presentation/AdminWorkspaceController';
import { InvitationController } from './presentation/InvitationController';
import { MemberController } from './presentation/MemberController';
import { MembershipController } from './presentation/MembershipController';
import { OwnershipController } from './presentation/OwnershipController';
import { WorkspaceController } from './presentation/WorkspaceController';
import { WorkspaceSockets } from './presentation/WorkspaceSockets';

export const workspaceModule: AtriumModule = {
  name: 'workspace',
  services: {
    workspaces: SqlWorkspaceRepository,
    members: SequelizeMemberRepository,
    invitations: SequelizeInvitationRepository,
    ownershipOffers: SequelizeOwnershipOfferRepository,
    workspaceQueries: SequelizeWorkspaceQueries,
    createWorkspace: CreateWorkspace,
    inviteMember: InviteMember,
    revokeInvitation: RevokeInvitation,
    resendInvitation: ResendInvitation,
    admission: Admission,
    acceptInvitation: AcceptInvitation,
    joinByDomain: JoinByDomain,
    ownerRules: OwnerRules,
    departure: Departure,
    offerOwnership: OfferOwnership,
    acceptOwnership: AcceptOwnership,
    endOwnershipOffer: EndOwnershipOffer,
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
  controllers: [
    WorkspaceController,
    MembershipController,
    InvitationController,
    OwnershipController,
    MemberController,
    AdminWorkspaceController,
  ],
  sockets: [WorkspaceSockets],
  events: [
    workspaceCreated,
    workspaceUpdated,
    workspaceDeleted,
    workspaceRestored,
    workspaceSuspended,
    workspaceResumed,
    workspacePurged,
    ownershipOffered,
    ownershipOfferEnded,
    ownershipTransferred,
    memberInvited,
    invitationResent,
    invitationRevoked,
    memberJoined,
    memberLeft,
    memberStatusChanged,
  ],
  handlers: [
    MailInvitationOnMemberInvited,
    MailInvitationOnInvitationResent,
    MailOfferOnOwnershipOffered,
    JoinByDomainOnEmailVerified,
  ],
  jobs: [PurgeDeletedWorkspaces],
  permissions: workspacePermissions,
  models: [MemberModel, InvitationModel, OwnershipOfferModel],
  migrations: [
    createWorkspaces,
    indexMembers,
    letKeysInvite,
    manageWorkspaces,
    purgeWorkspaces,
    resendInvitations,
    offerOwnership,
    joinByDomain,
    indexMemberStatus,
    coverMembers,
  ],
  exports: workspaceExports,
};
