import { OWNER_ROLE } from '../../../core/domain/Actor';
import { newId, type UserId, type WorkspaceId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import { ADMIN_ROLE, BUILT_IN_ROLES } from '../domain/builtInRoles';
import type { RoleRepository } from '../domain/RoleRepository';

const ADD_BUILT_IN = statement(
  'role.add-built-in',
  `INSERT INTO roles (workspace_id, id, key, name, description, system, created_at)
   SELECT $1, role.id, role.key, role.name, role.description, true, $6
   FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) AS role (id, key, name, description)`,
);

const ASSIGN = statement(
  'role.assign',
  `INSERT INTO member_roles (workspace_id, user_id, role_id)
   SELECT workspace_id, $2, id FROM roles WHERE workspace_id = $1 AND key = ANY ($3::text[])
   ON CONFLICT DO NOTHING`,
);

const TAKE_OWNERSHIP = statement(
  'role.take-ownership',
  `DELETE FROM member_roles USING roles
   WHERE member_roles.workspace_id = $1 AND member_roles.user_id = $2
     AND roles.workspace_id = member_roles.workspace_id AND roles.id = member_roles.role_id AND roles.key = $3`,
);

const PERMISSIONS_OF = statement(
  'role.permissions-of',
  `SELECT array_remove(array_agg(role_grants.permission), NULL) AS permissions
   FROM roles LEFT JOIN role_grants ON role_grants.workspace_id = roles.workspace_id AND role_grants.role_id = roles.id
   WHERE roles.workspace_id = $1 AND roles.key = $2
   GROUP BY roles.id`,
);

const PERMISSIONS_OF_MEMBER = statement(
  'role.permissions-of-member',
  `SELECT DISTINCT role_grants.permission
   FROM members
   JOIN member_roles USING (workspace_id, user_id)
   JOIN role_grants USING (workspace_id, role_id)
   WHERE members.workspace_id = $1 AND members.user_id = $2 AND members.status = 'active'`,
);

const MEMBERS_WITH = statement(
  'role.members-with',
  `SELECT members.user_id AS "userId"
   FROM roles
   JOIN member_roles ON member_roles.workspace_id = roles.workspace_id AND member_roles.role_id = roles.id
   JOIN members ON members.workspace_id = member_roles.workspace_id AND members.user_id = member_roles.user_id
   WHERE roles.workspace_id = $1 AND roles.key = $2 AND members.status = 'active'`,
);

const HAS = statement(
  'role.has',
  `SELECT EXISTS (
     SELECT FROM roles JOIN member_roles ON member_roles.workspace_id = roles.workspace_id AND member_roles.role_id = roles.id
     WHERE roles.workspace_id = $1 AND roles.key = $3 AND member_roles.user_id = $2
   ) AS has`,
);

export class SequelizeRoleRepository implements RoleRepository {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async addBuiltIn(workspaceId: WorkspaceId, now: Date): Promise<void> {
    await this.unitOfWork.execute(ADD_BUILT_IN, [
      workspaceId,
      BUILT_IN_ROLES.map(() => newId()),
      BUILT_IN_ROLES.map(({ key }) => key),
      BUILT_IN_ROLES.map(({ name }) => name),
      BUILT_IN_ROLES.map(({ description }) => description),
      now,
    ]);
  }

  async assign(workspaceId: WorkspaceId, userId: UserId, roleKeys: readonly string[]): Promise<void> {
    await this.unitOfWork.execute(ASSIGN, [workspaceId, userId, roleKeys]);
  }

  async handOverOwnership(workspaceId: WorkspaceId, from: UserId, to: UserId): Promise<void> {
    await this.unitOfWork.execute(TAKE_OWNERSHIP, [workspaceId, from, OWNER_ROLE]);
    await this.assign(workspaceId, from, [ADMIN_ROLE]);
    await this.assign(workspaceId, to, [OWNER_ROLE]);
  }

  async permissionsOf(workspaceId: WorkspaceId, roleKey: string): Promise<readonly string[] | null> {
    const values = [workspaceId, roleKey];
    const [row] = await this.unitOfWork.read<{ permissions: string[] }>({ workspaceId }, PERMISSIONS_OF, values);
    return row?.permissions ?? null;
  }

  async permissionsOfMember(workspaceId: WorkspaceId, userId: UserId): Promise<ReadonlySet<string>> {
    const values = [workspaceId, userId];
    const rows = await this.unitOfWork.read<{ permission: string }>({ workspaceId }, PERMISSIONS_OF_MEMBER, values);
    return new Set(rows.map(({ permission }) => permission));
  }

  async has(workspaceId: WorkspaceId, userId: UserId, roleKey: string): Promise<boolean> {
    const values = [workspaceId, userId, roleKey];
    const [row] = await this.unitOfWork.read<{ has: boolean }>({ workspaceId }, HAS, values);
    return row?.has ?? false;
  }

  async membersWith(workspaceId: WorkspaceId, roleKey: string): Promise<readonly UserId[]> {
    const values = [workspaceId, roleKey];
    const rows = await this.unitOfWork.read<{ userId: UserId }>({ workspaceId }, MEMBERS_WITH, values);
    return rows.map(({ userId }) => userId);
  }
}
