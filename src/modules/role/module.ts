import type { AtriumModule } from '../../core/bootstrap/module';
import { AddBuiltInRolesOnWorkspaceCreated } from './application/AddBuiltInRolesOnWorkspaceCreated';
import { AnnounceAccessOnMemberLeft } from './application/AnnounceAccessOnMemberLeft';
import { AnnounceAccessOnMemberRolesChanged } from './application/AnnounceAccessOnMemberRolesChanged';
import { AnnounceAccessOnMemberStatusChanged } from './application/AnnounceAccessOnMemberStatusChanged';
import { AnnounceAccessOnRoleChanged } from './application/AnnounceAccessOnRoleChanged';
import { AssignRole } from './application/AssignRole';
import { AssignRolesOnMemberJoined } from './application/AssignRolesOnMemberJoined';
import { HandOverRolesOnOwnershipTransferred } from './application/HandOverRolesOnOwnershipTransferred';
import { CheckPermission } from './application/CheckPermission';
import { CreateRole } from './application/CreateRole';
import { DeleteRole } from './application/DeleteRole';
import { GrantPermission } from './application/GrantPermission';
import { MemberJobActors } from './application/MemberJobActors';
import { MemberRoleChanges } from './application/MemberRoleChanges';
import { RoleEditing } from './application/RoleEditing';
import { RoleGrants } from './application/RoleGrants';
import { SetMemberRoles } from './application/SetMemberRoles';
import { TellHoldersOfChangedRole } from './application/TellHoldersOfChangedRole';
import { UnassignRole } from './application/UnassignRole';
import { UpdateRole } from './application/UpdateRole';
import { WithdrawPermission } from './application/WithdrawPermission';
import { memberRolesChanged, roleChanged, roleCreated, roleDeleted } from './domain/events';
import { rolePermissions } from './domain/permissions';
import { CachedWorkspaceAccess } from './infrastructure/CachedWorkspaceAccess';
import { createRoles } from './infrastructure/migrations/createRoles';
import { showOwnGrants } from './infrastructure/migrations/showOwnGrants';
import { versionRoles } from './infrastructure/migrations/versionRoles';
import { roleExports } from './infrastructure/roleExports';
import { seedPermissions } from './infrastructure/seedPermissions';
import { SequelizeRoleQueries } from './infrastructure/SequelizeRoleQueries';
import { SequelizeRoleRepository } from './infrastructure/SequelizeRoleRepository';
import { MemberRoleController } from './presentation/MemberRoleController';
import { PermissionController } from './presentation/PermissionController';
import { RoleController } from './presentation/RoleController';

export const roleModule: AtriumModule = {
  name: 'role',
  services: {
    roles: SequelizeRoleRepository,
    roleQueries: SequelizeRoleQueries,
    memberRoles: RoleGrants,
    workspaceAccess: CachedWorkspaceAccess,
    jobActors: MemberJobActors,
    permissionExplanations: CheckPermission,
    roleEditing: RoleEditing,
    createRole: CreateRole,
    updateRole: UpdateRole,
    deleteRole: DeleteRole,
    grantPermission: GrantPermission,
    withdrawPermission: WithdrawPermission,
    memberRoleChanges: MemberRoleChanges,
    setMemberRoles: SetMemberRoles,
    assignRole: AssignRole,
    unassignRole: UnassignRole,
    tellHoldersOfChangedRole: TellHoldersOfChangedRole,
  },
  controllers: [RoleController, PermissionController, MemberRoleController],
  events: [roleCreated, roleChanged, roleDeleted, memberRolesChanged],
  handlers: [
    AddBuiltInRolesOnWorkspaceCreated,
    AssignRolesOnMemberJoined,
    AnnounceAccessOnMemberLeft,
    AnnounceAccessOnMemberStatusChanged,
    HandOverRolesOnOwnershipTransferred,
    AnnounceAccessOnMemberRolesChanged,
    AnnounceAccessOnRoleChanged,
  ],
  permissions: rolePermissions,
  models: [],
  migrations: [createRoles, versionRoles, showOwnGrants],
  exports: roleExports,
  seed: seedPermissions,
};
