import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { ownRowsPolicy } from '../../../../core/infrastructure/database/tenantTable';

/** People read what their own roles grant outside of a workspace, as they read the roles; of others they read nothing. */
export const showOwnGrants: Migration = {
  name: '20261120T2110-role-show-own-grants',
  up: (sql) =>
    sql(
      ownRowsPolicy(
        'role_permissions',
        (userId) =>
          `(workspace_id, role_id) IN (SELECT workspace_id, role_id FROM member_roles WHERE user_id = ${userId})`,
      ),
    ),
  down: (sql) => sql('DROP POLICY own_rows ON role_permissions'),
};
