import type { TestPlatform } from './testPlatform';

/** Whose database is looked into, as a superuser. */
type Subject = Pick<TestPlatform, 'query'>;

/** The table whose rows are the tenants; their id is what `workspace_id` holds elsewhere. */
const TENANTS = 'workspaces';

/**
 * Facts about accounts stand in the same log as those about workspaces, and belong to none. Their rows are seen by
 * platform jobs only, as a null equals nothing.
 */
const WITHOUT_WORKSPACE = ['events'];

/** The tables that hold rows of tenants: those with a `workspace_id`, and the tenants themselves. */
export async function tenantTables(platform: Subject): Promise<string[]> {
  const rows = await platform.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
       AND (relname = $1 OR EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'workspace_id'))
     ORDER BY relname`,
    [TENANTS],
  );
  return rows.map(({ name }) => name);
}

/** The name of the column that holds the workspace. */
export const workspaceColumn = (table: string): string => (table === TENANTS ? 'id' : 'workspace_id');

const CHECKS = [
  `SELECT relname || ': row-level security is not enabled' FROM pg_class
   WHERE oid = ANY ($1::regclass[]) AND NOT relrowsecurity`,

  `SELECT relname || ': row-level security does not bind the owner' FROM pg_class
   WHERE oid = ANY ($1::regclass[]) AND NOT relforcerowsecurity`,

  `SELECT tables.name::text || ': no policy looks at app.workspace_id' FROM unnest($1::regclass[]) AS tables (name)
   WHERE NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = tables.name
                     AND pg_get_expr(polqual, polrelid) LIKE '%app.workspace_id%')`,

  `SELECT polrelid::regclass || ': the policy ' || polname || ' admits rows without looking at any scope' FROM pg_policy
   WHERE polrelid = ANY ($1::regclass[]) AND polpermissive AND polcmd <> 'a'
     AND pg_get_expr(polqual, polrelid) NOT LIKE '%current_setting(''app.%'`,

  `SELECT attrelid::regclass || ': workspace_id may be null' FROM pg_attribute
   WHERE attrelid = ANY ($1::regclass[]) AND attname = 'workspace_id' AND NOT attnotnull
     AND attrelid <> ALL ($2::regclass[])`,

  // Without the workspace in it, a foreign key could lead into another one.
  `SELECT conrelid::regclass || ': ' || conname || ' does not carry the workspace' FROM pg_constraint
   WHERE contype = 'f' AND confrelid = ANY ($1::regclass[]) AND NOT EXISTS (
     SELECT FROM unnest(conkey, confkey) AS pair (own, other)
     JOIN pg_attribute AS own ON own.attrelid = conrelid AND own.attnum = pair.own
     JOIN pg_attribute AS other ON other.attrelid = confrelid AND other.attnum = pair.other
     WHERE own.attname = 'workspace_id'
       AND other.attname = CASE WHEN confrelid = '${TENANTS}'::regclass THEN 'id' ELSE 'workspace_id' END)`,

  `SELECT relname || ': the view reads as its owner' FROM pg_class
   WHERE relnamespace = 'public'::regnamespace AND relkind = 'v'
     AND NOT coalesce(reloptions @> ARRAY['security_invoker=true'], false)`,
];

/** What the database leaves open between tenants, table by table in words; nothing when they are kept apart. */
export async function tenancyGaps(platform: Subject): Promise<string[]> {
  const tables = await tenantTables(platform);
  const gaps: string[] = [];
  for (const check of CHECKS) {
    const values = [tables, WITHOUT_WORKSPACE].filter((_, index) => check.includes(`$${index + 1}`));
    const rows = await platform.query<{ gap: string }>(`SELECT gap FROM (${check}) AS found (gap)`, values);
    gaps.push(...rows.map(({ gap }) => gap));
  }
  return gaps.sort();
}
