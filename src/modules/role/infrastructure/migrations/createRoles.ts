import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { platformTable, tenantTable } from '../../../../core/infrastructure/database/tenantTable';

/**
 * What a built-in role holds is the platform's reference data, the same in every workspace; what a workspace's own
 * role holds stands in `role_permissions`. `role_grants` unites the two.
 */
export const createRoles: Migration = {
  name: '20261120T0930-role-create-roles',
  up: (sql) =>
    sql(`
      CREATE TABLE permissions (
        key text PRIMARY KEY,
        description text NOT NULL
      );
      CREATE TABLE built_in_role_permissions (
        role_key text NOT NULL,
        permission text NOT NULL REFERENCES permissions ON DELETE CASCADE,
        PRIMARY KEY (role_key, permission)
      );
      ${platformTable('permissions', ['SELECT'])}
      ${platformTable('built_in_role_permissions', ['SELECT'])}

      CREATE TABLE roles (
        id uuid NOT NULL,
        workspace_id uuid NOT NULL REFERENCES workspaces,
        key text NOT NULL,
        name text NOT NULL,
        description text,
        system boolean NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (workspace_id, id),
        CONSTRAINT roles_key UNIQUE (workspace_id, key)
      );
      CREATE TABLE role_permissions (
        workspace_id uuid NOT NULL,
        role_id uuid NOT NULL,
        permission text NOT NULL REFERENCES permissions ON DELETE CASCADE,
        PRIMARY KEY (workspace_id, role_id, permission),
        FOREIGN KEY (workspace_id, role_id) REFERENCES roles ON DELETE CASCADE
      );
      CREATE TABLE member_roles (
        workspace_id uuid NOT NULL,
        user_id uuid NOT NULL,
        role_id uuid NOT NULL,
        PRIMARY KEY (workspace_id, user_id, role_id),
        FOREIGN KEY (workspace_id, user_id) REFERENCES members ON DELETE CASCADE,
        FOREIGN KEY (workspace_id, role_id) REFERENCES roles
      );
      CREATE INDEX member_roles_by_role ON member_roles (workspace_id, role_id);
      CREATE INDEX member_roles_of_user ON member_roles (user_id);

      ${tenantTable('member_roles', { ownRows: (userId) => `user_id = ${userId}` })}
      ${tenantTable('roles', {
        ownRows: (userId) =>
          `(workspace_id, id) IN (SELECT workspace_id, role_id FROM member_roles WHERE user_id = ${userId})`,
      })}
      ${tenantTable('role_permissions')}

      CREATE VIEW role_grants WITH (security_invoker = true) AS
        SELECT roles.workspace_id, roles.id AS role_id, built_in.permission
        FROM roles JOIN built_in_role_permissions AS built_in ON roles.system AND built_in.role_key = roles.key
        UNION ALL
        SELECT workspace_id, role_id, permission FROM role_permissions;
      ${platformTable('role_grants', ['SELECT'])}
    `),
  down: (sql) =>
    sql(`
      DROP VIEW role_grants;
      DROP TABLE member_roles, role_permissions, roles, built_in_role_permissions, permissions;
    `),
};
