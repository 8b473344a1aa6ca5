import type { PermissionDefinition } from '../../../core/domain/Permission';
import type { Seed } from '../../../core/infrastructure/database/migrate';
import { builtInGrants } from '../domain/builtInRoles';

/** Makes the catalogue equal to what the modules declare; a permission that is no longer declared goes from all roles. */
export function seedPermissions(permissions: readonly PermissionDefinition[]): Seed {
  return async (client) => {
    await client.query('BEGIN');
    await client.query(
      `INSERT INTO permissions (key, description) SELECT * FROM unnest($1::text[], $2::text[])
       ON CONFLICT (key) DO UPDATE SET description = excluded.description`,
      [permissions.map(({ key }) => key), permissions.map(({ description }) => description)],
    );
    await client.query('DELETE FROM permissions WHERE key <> ALL ($1::text[])', [permissions.map(({ key }) => key)]);
    const grants = builtInGrants(permissions);
    await client.query('DELETE FROM built_in_role_permissions');
    await client.query(
      'INSERT INTO built_in_role_permissions (role_key, permission) SELECT * FROM unnest($1::text[], $2::text[])',
      [grants.map(({ role }) => role), grants.map(({ permission }) => permission)],
    );
    await client.query('COMMIT');
  };
}
