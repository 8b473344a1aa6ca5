import type { Migration } from '../../../../core/infrastructure/database/Migration';

/** Roles are changed by their version now, and listed in the order of either index. */
export const versionRoles: Migration = {
  name: '20261120T1460-role-version-roles',
  up: (sql) =>
    sql(`
      ALTER TABLE roles ADD COLUMN version integer NOT NULL DEFAULT 1, ADD COLUMN updated_at timestamptz;
      SELECT set_config('app.platform', 'on', true);
      UPDATE roles SET updated_at = created_at;
      ALTER TABLE roles ALTER COLUMN version DROP DEFAULT, ALTER COLUMN updated_at SET NOT NULL;
      CREATE INDEX roles_in_order ON roles (workspace_id, created_at, id);
      CREATE INDEX roles_by_name ON roles (workspace_id, name, id);
    `),
  down: (sql) =>
    sql(`
      DROP INDEX roles_by_name, roles_in_order;
      ALTER TABLE roles DROP COLUMN updated_at, DROP COLUMN version;
    `),
};
