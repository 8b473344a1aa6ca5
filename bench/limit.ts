import { createSecretKey } from 'node:crypto';
import { createServer } from 'node:http';
import { verify, type JwtPayload } from 'jsonwebtoken';
import { Pool } from 'pg';

/**
 * The least that a server can do for this route: node:http and pg, one prepared query that joins the session, the
 * account, the membership with its roles and permissions, and the workspace. No router, no validation, no headers,
 * no limits, no row-level security (the role bypasses it): what the platform is measured against.
 */
const QUERY = {
  name: 'limit',
  text: `
    SELECT sessions.revoked_at IS NOT NULL AS revoked, sessions.expires_at AS "sessionExpiresAt", users.status,
      users.email, users.email_verified_at IS NOT NULL AS "emailVerified",
      ARRAY(SELECT roles.key FROM member_roles JOIN roles USING (workspace_id)
            WHERE roles.id = member_roles.role_id AND member_roles.workspace_id = members.workspace_id
              AND member_roles.user_id = members.user_id) AS roles,
      ARRAY(SELECT role_grants.permission FROM member_roles JOIN role_grants USING (workspace_id, role_id)
            WHERE member_roles.workspace_id = members.workspace_id
              AND member_roles.user_id = members.user_id) AS permissions,
      workspaces.id, workspaces.name, workspaces.slug, workspaces.description, workspaces.settings,
      workspaces.owner_id AS "ownerId", workspaces.created_at AS "createdAt", workspaces.updated_at AS "updatedAt"
    FROM sessions
    JOIN users ON users.id = sessions.user_id
    JOIN members ON members.user_id = users.id AND members.workspace_id = $2 AND members.status = 'active'
    JOIN workspaces ON workspaces.id = members.workspace_id
    WHERE sessions.id = $1`,
};

interface Row {
  readonly revoked: boolean;
  readonly sessionExpiresAt: Date;
  readonly status: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
}

const { PORT, DATABASE_URL, JWT_SECRET = '', DB_POOL_MAX } = process.env;
const key = createSecretKey(JWT_SECRET, 'utf8');
const pool = new Pool({ connectionString: DATABASE_URL, max: Number(DB_POOL_MAX) });
const PATH = '/api/v1/workspaces/';

async function answer(url: string, authorization: string): Promise<object | undefined> {
  const { sid } = verify(authorization.slice('Bearer '.length), key, { algorithms: ['HS256'] }) as JwtPayload;
  const { rows } = await pool.query<Row>({ ...QUERY, values: [sid, url.slice(PATH.length)] });
  if (!rows[0]) return undefined;
  const { revoked, sessionExpiresAt, status, email, emailVerified, roles, permissions, ...workspace } = rows[0];
  return revoked || status !== 'active' || sessionExpiresAt < new Date() ? undefined : { data: workspace };
}

createServer((request, response) => {
  answer(request.url ?? '', request.headers.authorization ?? '').then(
    (data) => {
      const body = JSON.stringify(data ?? {});
      response.writeHead(data ? 200 : 404, {
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Length': Buffer.byteLength(body),
      });
      response.end(body);
    },
    () => response.writeHead(401, { 'Content-Length': 0 }).end(),
  );
}).listen(Number(PORT), '127.0.0.1');
