import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { Pool, type PoolClient, type QueryResult, type QueryResultRow } from 'pg';
import { newId } from '../../src/core/domain/Id';
import { RefreshTokens } from '../../src/modules/auth/application/RefreshTokens';

/**
 * The least that a server can do for a refresh: node:http and pg, and in one transaction the statements that the
 * platform runs for it, each prepared. No router, no validation, no headers, no limits, no access token.
 */
const SET_SCOPE = `SELECT set_config('app.workspace_id', $1, true), set_config('app.user_id', $2, true), set_config('app.platform', $3, true)`;
const FIND = 'SELECT hash, session_id AS "sessionId", spent_at AS "spentAt" FROM refresh_tokens WHERE hash = $1';
const HOLD_SESSION = `
  SELECT id, user_id AS "userId", ip, user_agent AS "userAgent", created_at AS "createdAt",
    last_used_at AS "lastUsedAt", expires_at AS "expiresAt", revoked_at AS "revokedAt", version
  FROM sessions WHERE id = $1 FOR UPDATE`;
const FIND_USER = `
  SELECT id, email, name, bio, timezone, locale, status, email_verified_at AS "emailVerifiedAt",
    platform_admin AS "platformAdmin", created_at AS "createdAt", updated_at AS "updatedAt", version
  FROM users WHERE id = $1`;
const SPEND = 'UPDATE refresh_tokens SET spent_at = $2 WHERE hash = $1';
const ADD = 'INSERT INTO refresh_tokens (hash, session_id) VALUES ($1, $2)';
const EXTEND =
  'UPDATE sessions SET last_used_at = $3, expires_at = $4, version = $2 + 1 WHERE id = $1 AND version = $2';
const APPEND_EVENT =
  'INSERT INTO events (id, workspace_id, type, actor_id, occurred_at, facts) VALUES ($1, $2, $3, $4, $5, $6)';
const ACCOUNT = `
  SELECT users.id, users.email, users.name, users.bio, users.timezone, users.locale,
    EXISTS (SELECT FROM avatars WHERE avatars.user_id = users.id) AS "hasAvatar",
    users.email_verified_at IS NOT NULL AS "emailVerified", users.created_at AS "createdAt",
    users.updated_at AS "updatedAt", users.status
  FROM users WHERE users.id = $1`;

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

const { PORT, DATABASE_URL, DB_POOL_MAX } = process.env;
const pool = new Pool({ connectionString: DATABASE_URL, max: Number(DB_POOL_MAX) });
const tokens = new RefreshTokens(randomBytes(32));

const names = new Map<string, string>();

function query<Row extends QueryResultRow>(
  client: Pool | PoolClient,
  text: string,
  values: readonly unknown[],
): Promise<QueryResult<Row>> {
  const name = names.get(text) ?? `limit.${names.size}`;
  names.set(text, name);
  return client.query<Row>({ name, text, values: [...values] });
}

async function rotate(client: PoolClient, token: string): Promise<{ successor: string; userId: string }> {
  const hash = tokens.hash(token);
  const find = (value: string) => query<{ sessionId: string; spentAt: Date | null }>(client, FIND, [value]);
  await query(client, SET_SCOPE, ['', '', '']);
  const { rows: found } = await find(hash);
  const { rows: sessions } = await query<{ id: string; userId: string; version: number }>(client, HOLD_SESSION, [
    found[0]?.sessionId,
  ]);
  const successor = tokens.successor(token);
  const successorHash = tokens.hash(successor);
  const { rows: presented } = await find(hash);
  await find(successorHash);
  const [session] = sessions;
  if (!session || presented[0]?.spentAt) throw new Error('The token is no longer good.');
  const now = new Date();
  await query(client, FIND_USER, [session.userId]);
  await query(client, SPEND, [hash, now]);
  await query(client, ADD, [successorHash, session.id]);
  await query(client, EXTEND, [session.id, session.version, now, new Date(now.getTime() + WEEK_MS)]);
  const facts = { userId: session.userId, sessionId: session.id };
  await query(client, APPEND_EVENT, [newId(), null, 'auth.session-refreshed', session.userId, now, facts]);
  return { successor, userId: session.userId };
}

async function refresh(token: string): Promise<object> {
  const client = await pool.connect();
  try {
    await client.query('START TRANSACTION');
    const { successor, userId } = await rotate(client, token);
    await client.query('COMMIT');
    const { rows } = await query(client, ACCOUNT, [userId]);
    return { data: { user: rows[0], refreshToken: successor } };
  } finally {
    client.release();
  }
}

createServer((request, response) => {
  json(request)
    .then((body) => refresh((body as { refreshToken: string }).refreshToken))
    .then(
      (answer) => {
        const content = JSON.stringify(answer);
        response.writeHead(200, {
          'Content-Type': 'application/json; charset=utf-8',
          'Content-Length': Buffer.byteLength(content),
        });
        response.end(content);
      },
      () => response.writeHead(request.url === '/readyz' ? 404 : 401, { 'Content-Length': 0 }).end(),
    );
}).listen(Number(PORT), '127.0.0.1');
