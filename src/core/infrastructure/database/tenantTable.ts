/** The group role that holds the application's privileges; it owns nothing and can't log in. */
export const APPLICATION_ROLE = 'atrium_app';

const CURRENT_WORKSPACE = `nullif(current_setting('app.workspace_id', true), '')::uuid`;
const CURRENT_USER_ID = `nullif(current_setting('app.user_id', true), '')::uuid`;

type Privilege = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';
const ALL: readonly Privilege[] = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];

/** A condition under which a person reads the row outside any workspace, given `CURRENT_USER_ID`. */
type OwnRows = (userId: string) => string;

interface TenantTableOptions {
  /** What the application may do with it; everything by default. */
  readonly privileges?: readonly Privilege[];
  /** The column that holds the workspace. */
  readonly column?: string;
  readonly ownRows?: OwnRows;
}

/** SQL that grants a table which belongs to no tenant to the application. */
export function platformTable(table: string, privileges: readonly Privilege[] = ALL): string {
  return `GRANT ${privileges.join(', ')} ON ${table} TO ${APPLICATION_ROLE};`;
}

/** SQL that lets people read some rows of a tenant table outside any workspace; for a table that did not at first. */
export function ownRowsPolicy(table: string, ownRows: OwnRows): string {
  return `CREATE POLICY own_rows ON ${table} FOR SELECT USING (${ownRows(CURRENT_USER_ID)});`;
}

/**
 * SQL that puts a table under row-level security, for its owner too: a row is seen and written only in the scope of
 * its workspace, or by a platform job that says so. Without a scope there are no rows.
 */
export function tenantTable(
  table: string,
  { privileges = ALL, column = 'workspace_id', ownRows }: TenantTableOptions = {},
): string {
  return `
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY in_workspace ON ${table} USING (${column} = ${CURRENT_WORKSPACE});
    CREATE POLICY in_platform_job ON ${table} USING (current_setting('app.platform', true) = 'on');
    ${ownRows ? ownRowsPolicy(table, ownRows) : ''}
    ${platformTable(table, privileges)}
  `;
}
