import { Client } from 'pg';
import { newId, type SessionId, type UserId, type WorkspaceId } from '../src/core/domain/Id';

/** Somebody signed in, and a workspace of theirs. */
export interface Caller {
  readonly userId: UserId;
  readonly sessionId: SessionId;
  readonly workspaceId: WorkspaceId;
}

const WORKSPACES = 200;
const ROLES_OF_MEMBERS = ['owner', 'admin', 'member', 'member', 'viewer'];

const STATEMENTS = [
  `INSERT INTO users (id, email, name, timezone, locale, status, email_verified_at, created_at, updated_at, version)
   SELECT (caller->>'userId')::uuid, (caller->>'userId') || '@example.com', 'Person', 'UTC', 'en', 'active', now(), now(), now(), 1
   FROM json_array_elements($1) AS caller`,
  `INSERT INTO sessions (id, user_id, ip, user_agent, created_at, last_used_at, expires_at, version)
   SELECT (caller->>'sessionId')::uuid, (caller->>'userId')::uuid, '127.0.0.1', 'bench', now(), now(), now() + '1 day', 1
   FROM json_array_elements($1) AS caller`,
  `INSERT INTO workspaces (id, name, slug, description, settings, owner_id, created_at, updated_at, version)
   SELECT (caller->>'workspaceId')::uuid, 'Workspace', caller->>'workspaceId', 'A workspace of the benchmark', '{"theme": "dark"}',
     (caller->>'userId')::uuid, now(), now(), 1
   FROM json_array_elements($1) AS caller WHERE caller->>'role' = 'owner'`,
  `INSERT INTO roles (workspace_id, id, key, name, system, created_at, updated_at, version)
   SELECT workspaces.id, gen_random_uuid(), role.key, role.key, true, now(), now(), 1
   FROM workspaces, (SELECT DISTINCT role_key AS key FROM built_in_role_permissions) AS role
   WHERE json_typeof($1) = 'array'`,
  `INSERT INTO members (workspace_id, user_id, status, joined_at, version)
   SELECT (caller->>'workspaceId')::uuid, (caller->>'userId')::uuid, 'active', now(), 1
   FROM json_array_elements($1) AS caller`,
  `INSERT INTO member_roles (workspace_id, user_id, role_id)
   SELECT roles.workspace_id, (caller->>'userId')::uuid, roles.id
   FROM json_array_elements($1) AS caller
   JOIN roles ON roles.workspace_id = (caller->>'workspaceId')::uuid AND roles.key = caller->>'role'`,
];

/** Fills a migrated database: 200 workspaces of five people each, everybody signed in. */
export async function seed(adminUrl: string): Promise<Caller[]> {
  const callers = Array.from({ length: WORKSPACES }, () => newId<WorkspaceId>()).flatMap((workspaceId) =>
    ROLES_OF_MEMBERS.map((role) => ({ userId: newId<UserId>(), sessionId: newId<SessionId>(), workspaceId, role })),
  );
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  for (const statement of STATEMENTS) await client.query(statement, [JSON.stringify(callers)]);
  await client.query('VACUUM ANALYZE');
  await client.end();
  return callers;
}
