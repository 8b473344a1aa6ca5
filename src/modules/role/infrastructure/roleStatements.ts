import { statement } from '../../../core/infrastructure/database/Statement';

/** The keys of the roles of a row of `members`. */
export const ROLES_OF_MEMBER = `ARRAY(
  SELECT roles.key
  FROM member_roles JOIN roles ON roles.workspace_id = member_roles.workspace_id AND roles.id = member_roles.role_id
  WHERE member_roles.workspace_id = members.workspace_id AND member_roles.user_id = members.user_id
  ORDER BY roles.key)`;

export const ADD_BUILT_IN = statement(
  'role.add-built-in',
  `INSERT INTO roles (workspace_id, id, key, name, description, system, created_at, updated_at, version)
   SELECT $1, role.id, role.key, role.name, role.description, true, $6, $6, 1
   FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) AS role (id, key, name, description)`,
);

export const GET = statement(
  'role.get',
  `SELECT id, workspace_id AS "workspaceId", key, name, description, system, created_at AS "createdAt",
     updated_at AS "updatedAt", version,
     ARRAY(SELECT permission FROM role_grants
           WHERE role_grants.workspace_id = roles.workspace_id AND role_id = roles.id ORDER BY permission) AS permissions
   FROM roles WHERE workspace_id = $1 AND id = $2`,
);

export const ADD = statement(
  'role.add',
  `INSERT INTO roles (workspace_id, id, key, name, description, system, created_at, updated_at, version)
   VALUES ($1, $2, $3, $4, $5, false, $6, $6, 1)`,
);

export const UPDATE = statement(
  'role.update',
  `UPDATE roles SET name = $4, description = $5, updated_at = $6, version = version + 1
   WHERE workspace_id = $1 AND id = $2 AND version = $3 RETURNING version`,
);

export const KEEP_PERMISSIONS = statement(
  'role.keep-permissions',
  'DELETE FROM role_permissions WHERE workspace_id = $1 AND role_id = $2 AND permission <> ALL ($3::text[])',
);

export const ADD_PERMISSIONS = statement(
  'role.add-permissions',
  `INSERT INTO role_permissions (workspace_id, role_id, permission) SELECT $1, $2, unnest($3::text[])
   ON CONFLICT DO NOTHING`,
);

export const REMOVE = statement(
  'role.remove',
  'DELETE FROM roles WHERE workspace_id = $1 AND id = $2 AND version = $3 RETURNING id',
);

export const CATALOGUE_KEYS = statement('role.catalogue-keys', 'SELECT key FROM permissions');

export const ASSIGN = statement(
  'role.assign',
  `INSERT INTO member_roles (workspace_id, user_id, role_id)
   SELECT workspace_id, $2, id FROM roles WHERE workspace_id = $1 AND key = ANY ($3::text[])
   ON CONFLICT DO NOTHING`,
);

export const UNASSIGN = statement(
  'role.unassign',
  `DELETE FROM member_roles USING roles
   WHERE member_roles.workspace_id = $1 AND member_roles.user_id = $2
     AND roles.workspace_id = $1 AND roles.id = member_roles.role_id AND roles.key = ANY ($3::text[])`,
);

export const ROLES_OF = statement(
  'role.roles-of',
  `SELECT ${ROLES_OF_MEMBER} AS roles FROM members WHERE workspace_id = $1 AND user_id = $2`,
);

export const PERMISSIONS_OF = statement(
  'role.permissions-of',
  `SELECT array_remove(array_agg(role_grants.permission), NULL) AS permissions
   FROM roles LEFT JOIN role_grants ON role_grants.workspace_id = roles.workspace_id AND role_grants.role_id = roles.id
   WHERE roles.workspace_id = $1 AND roles.key = $2
   GROUP BY roles.id`,
);

export const PERMISSIONS_OF_MEMBER = statement(
  'role.permissions-of-member',
  `SELECT DISTINCT role_grants.permission
   FROM members
   JOIN member_roles USING (workspace_id, user_id)
   JOIN role_grants USING (workspace_id, role_id)
   WHERE members.workspace_id = $1 AND members.user_id = $2 AND members.status = 'active'`,
);

export const MEMBERS_WITH = statement(
  'role.members-with',
  `SELECT members.user_id AS "userId"
   FROM roles
   JOIN member_roles ON member_roles.workspace_id = roles.workspace_id AND member_roles.role_id = roles.id
   JOIN members ON members.workspace_id = member_roles.workspace_id AND members.user_id = member_roles.user_id
   WHERE roles.workspace_id = $1 AND roles.key = $2 AND members.status = 'active'`,
);

export const HAS = statement(
  'role.has',
  `SELECT EXISTS (
     SELECT FROM roles JOIN member_roles ON member_roles.workspace_id = roles.workspace_id AND member_roles.role_id = roles.id
     WHERE roles.workspace_id = $1 AND roles.key = $3 AND member_roles.user_id = $2
   ) AS has`,
);
