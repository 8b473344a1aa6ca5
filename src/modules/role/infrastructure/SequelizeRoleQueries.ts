import type { Page, PageRequest } from '../../../core/application/Page';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { found } from '../../../core/infrastructure/database/found';
import { PagedQuery } from '../../../core/infrastructure/database/PagedQuery';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { PermissionView, RoleHolderView, RoleQueries, RoleView } from '../application/RoleQueries';
import type { RoleId } from '../domain/RoleId';
import { ROLES_OF_MEMBER } from './roleStatements';

const CATALOGUE = statement(
  'role.catalogue',
  `SELECT key, split_part(key, '.', 1) AS resource, split_part(key, '.', 2) AS action, description
   FROM permissions ORDER BY key`,
);

const ROLE = `SELECT roles.id, roles.key, roles.name, roles.description, roles.system,
  ARRAY(SELECT permission FROM role_grants
        WHERE role_grants.workspace_id = roles.workspace_id AND role_id = roles.id ORDER BY permission) AS permissions,
  (SELECT count(*)::int FROM member_roles
   WHERE member_roles.workspace_id = roles.workspace_id AND role_id = roles.id) AS "memberCount"`;

const FIND = statement('role.role', `${ROLE} FROM roles WHERE roles.workspace_id = $1 AND roles.id = $2`);

const LIST = new PagedQuery<RoleView>({
  name: 'role.roles',
  select: ROLE,
  from: 'roles',
  where: 'roles.workspace_id = $1',
  sorts: {
    createdAt: { by: 'roles.created_at', type: 'timestamptz' },
    name: { by: 'roles.name', type: 'text' },
  },
  id: 'roles.id',
});

const ROLES_WITH = statement(
  'role.roles-with',
  `SELECT ARRAY(SELECT roles.key FROM roles
     JOIN role_grants ON role_grants.workspace_id = roles.workspace_id AND role_grants.role_id = roles.id
     WHERE roles.workspace_id = $1 AND role_grants.permission = permissions.key
     ORDER BY roles.key) AS roles
   FROM permissions WHERE key = $2`,
);

const HOLDER = statement(
  'role.holder',
  `SELECT status, ${ROLES_OF_MEMBER} AS roles FROM members WHERE workspace_id = $1 AND user_id = $2`,
);

const HOLDERS_OF = statement(
  'role.holders-of',
  'SELECT user_id AS "userId" FROM member_roles WHERE workspace_id = $1 AND role_id = $2',
);

export class SequelizeRoleQueries implements RoleQueries {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  catalogue(): Promise<PermissionView[]> {
    return this.unitOfWork.read<PermissionView>({}, CATALOGUE);
  }

  roles(workspaceId: WorkspaceId, request: PageRequest): Promise<Page<RoleView>> {
    return LIST.run(this.unitOfWork, { workspaceId }, [workspaceId], [], request);
  }

  async role(workspaceId: WorkspaceId, id: RoleId): Promise<RoleView> {
    return found(await this.unitOfWork.read<RoleView>({ workspaceId }, FIND, [workspaceId, id]));
  }

  async rolesWith(workspaceId: WorkspaceId, permission: string): Promise<readonly string[] | null> {
    const values = [workspaceId, permission];
    const [row] = await this.unitOfWork.read<{ roles: string[] }>({ workspaceId }, ROLES_WITH, values);
    return row?.roles ?? null;
  }

  async holder(workspaceId: WorkspaceId, userId: UserId): Promise<RoleHolderView> {
    return found(await this.unitOfWork.read<RoleHolderView>({ workspaceId }, HOLDER, [workspaceId, userId]));
  }

  async holdersOf(workspaceId: WorkspaceId, id: RoleId): Promise<readonly UserId[]> {
    const rows = await this.unitOfWork.read<{ userId: UserId }>({ workspaceId }, HOLDERS_OF, [workspaceId, id]);
    return rows.map(({ userId }) => userId);
  }
}
