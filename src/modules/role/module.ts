import type { AtriumModule } from '../../core/bootstrap/module';
import { AddBuiltInRolesOnWorkspaceCreated } from './application/AddBuiltInRolesOnWorkspaceCreated';
import { AnnounceAccessOnMemberLeft } from './application/AnnounceAccessOnMemberLeft';
import { AnnounceAccessOnMemberStatusChanged } from './application/AnnounceAccessOnMemberStatusChanged';
import { AssignRolesOnMemberJoined } from './application/AssignRolesOnMemberJoined';
import { HandOverRolesOnOwnershipTransferred } from './application/HandOverRolesOnOwnershipTransferred';
import { RoleGrants } from './application/RoleGrants';
import { rolePermissions } from './domain/permissions';
import { CachedWorkspaceAccess } from './infrastructure/CachedWorkspaceAccess';
import { createRoles } from './infrastructure/migrations/createRoles';
import { roleExports } from './infrastructure/roleExports';
import { seedPermissions } from './infrastructure/seedPermissions';
import { SequelizeRoleQueries } from './infrastructure/SequelizeRoleQueries';
import { SequelizeRoleRepository } from './infrastructure/SequelizeRoleRepository';
import { RoleController } from './presentation/RoleController';

export const roleModule: AtriumModule = {
  name: 'role',
  services: {
    roles: SequelizeRoleRepository,
    roleQueries: SequelizeRoleQueries,
    memberRoles: RoleGrants,
    workspaceAccess: CachedWorkspaceAccess,
  },
  controllers: [RoleController],
  events: [],
  handlers: [
    AddBuiltInRolesOnWorkspaceCreated,
    AssignRolesOnMemberJoined,
    AnnounceAccessOnMemberLeft,
    AnnounceAccessOnMemberStatusChanged,
    HandOverRolesOnOwnershipTransferred,
  ],
  permissions: rolePermissions,
  models: [],
  migrations: [createRoles],
  exports: roleExports,
  seed: seedPermissions,
};
