import { Client } from 'pg';
import type { Caller } from '../seed';

/** So many workspaces of so many members each. */
export interface Population {
  readonly workspaces: number;
  readonly members: number;
  /** People who are signed in; by default the same number in each population, so that each of them asks as often. */
  readonly callers?: number;
}

const CALLERS = 200;

/** By a superuser with the triggers off: what they keep is not asked for here. */
const statements = ({ workspaces, members, callers = CALLERS }: Population): readonly string[] => [
  `SET session_replication_role = replica`,
  `CREATE TEMP TABLE crowd AS
   SELECT workspace_id, gen_random_uuid() AS user_id, member
   FROM (SELECT gen_random_uuid() AS workspace_id FROM generate_series(1, ${workspaces})) AS workspaces,
     generate_series(1, ${members}) AS member`,
  `INSERT INTO users (id, email, name, timezone, locale, status, email_verified_at, created_at, updated_at, version)
   SELECT user_id, user_id || '@example.com', 'Person ' || member, 'UTC', 'en', 'active', now(), now(), now(), 1 FROM crowd`,
  `INSERT INTO workspaces (id, name, slug, description, settings, owner_id, created_at, updated_at, version)
   SELECT workspace_id, 'Workspace', workspace_id, 'A workspace of the benchmark', '{}', user_id, now(), now(), 1
   FROM crowd WHERE member = 1`,
  `INSERT INTO roles (workspace_id, id, key, name, system, created_at, updated_at, version)
   SELECT workspace_id, gen_random_uuid(), key, key, true, now(), now(), 1
   FROM crowd, (VALUES ('owner'), ('admin'), ('member'), ('viewer')) AS role (key) WHERE member = 1`,
  `INSERT INTO members (workspace_id, user_id, status, joined_at, version)
   SELECT workspace_id, user_id, 'active', now() + member * interval '1 second', 1 FROM crowd`,
  `INSERT INTO member_roles (workspace_id, user_id, role_id)
   SELECT crowd.workspace_id, user_id, roles.id
   FROM crowd JOIN roles ON roles.workspace_id = crowd.workspace_id
     AND roles.key = CASE WHEN member = 1 THEN 'owner' WHEN member % 4 = 0 THEN 'admin' ELSE 'member' END`,
  `INSERT INTO sessions (id, user_id, ip, user_agent, created_at, last_used_at, expires_at, version)
   SELECT gen_random_uuid(), user_id, '127.0.0.1', 'bench', now(), now(), now() + interval '1 day', 1
   FROM crowd ORDER BY member, workspace_id LIMIT ${callers}`,
  `VACUUM ANALYZE`,
];

/** Fills a migrated database. @returns the people who are signed in, in as many of the workspaces as possible, owners first */
export async function populate(adminUrl: string, population: Population): Promise<Caller[]> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  for (const statement of statements(population)) await client.query(statement);
  const { rows } = await client.query<Caller>(
    `SELECT crowd.user_id AS "userId", sessions.id AS "sessionId", workspace_id AS "workspaceId"
     FROM sessions JOIN crowd USING (user_id) ORDER BY member, workspace_id`,
  );
  await client.end();
  return rows;
}
