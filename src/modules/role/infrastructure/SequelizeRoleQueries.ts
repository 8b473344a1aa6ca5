import type { WorkspaceId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { PermissionView, RoleQueries, RoleView } from '../application/RoleQueries';

const CATALOGUE = statement(
  'role.catalogue',
  `SELECT key, split_part(key, '.', 1) AS resource, split_part(key, '.', 2) AS action, description
   FROM permissions ORDER BY key`,
);

const ROLES = statement(
  'role.roles',
  `SELECT id, key, name, description, system,
     ARRAY(SELECT permission FROM role_grants
           WHERE role_grants.workspace_id = roles.workspace_id AND role_id = roles.id ORDER BY permission) AS permissions,
     (SELECT count(*)::int FROM member_roles
      WHERE member_roles.workspace_id = roles.workspace_id AND role_id = roles.id) AS "memberCount"
   FROM roles WHERE workspace_id = $1 ORDER BY created_at, id`,
);

export class SequelizeRoleQueries implements RoleQueries {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  catalogue(): Promise<PermissionView[]> {
    return this.unitOfWork.read<PermissionView>({}, CATALOGUE);
  }

  roles(workspaceId: WorkspaceId): Promise<RoleView[]> {
    return this.unitOfWork.read<RoleView>({ workspaceId }, ROLES, [workspaceId]);
  }
}
