import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { Pool, type PoolClient, type QueryResultRow } from 'pg';
import { newId } from '../../src/core/domain/Id';

/**
 * The least that a server can do to rename a workspace: node:http and pg, and in one transaction the statements that the
 * platform runs for it, each prepared. No router, no credentials, no validation, no headers, no row-level security.
 */
const OPEN = (workspaceId: string): string => `START TRANSACTION;
  SELECT set_config('app.workspace_id', '${workspaceId}', true), set_config('app.user_id', '', true), set_config('app.platform', '', true)`;
const HOLD = `
  UPDATE workspaces SET version = version WHERE id = $1
  RETURNING id, name, slug, description, settings, owner_id AS "ownerId", status, suspension_reason AS "suspensionReason",
    deleted_at AS "deletedAt", created_at AS "createdAt", updated_at AS "updatedAt", version`;
const CHANGE = `
  UPDATE workspaces SET name = $2, slug = $3, description = $4, settings = $5, owner_id = $6, status = $7,
    suspension_reason = $8, deleted_at = $9, updated_at = $10, version = $11 + 1
  WHERE id = $1 AND version = $11 RETURNING id`;
const APPEND_EVENT = `
  INSERT INTO events (id, workspace_id, type, actor_id, occurred_at, facts) VALUES ($1, $2, $3, $4, $5, $6)
  RETURNING transaction_id || '.' || position AS cursor`;
const WEBHOOKS = `
  SELECT id, workspace_id AS "workspaceId", url, events, disabled_reason AS "disabledReason",
    sealed_secret AS "sealedSecret", sealed_previous_secret AS "sealedPreviousSecret",
    previous_secret_until AS "previousSecretUntil", failures, failing_since AS "failingSince",
    created_by AS "createdBy", created_at AS "createdAt", updated_at AS "updatedAt", version
  FROM webhooks WHERE workspace_id = $1 ORDER BY created_at, id`;
const ADD_DELIVERY = `
  INSERT INTO webhook_deliveries (workspace_id, id, webhook_id, event_id, event_type, status, attempts, next_attempt_at,
    last_attempt_at, response_status, failure, created_at, delivered_at, version)
  VALUES ($1, $2, $3, $4, $5, 'pending', 0, $6, NULL, NULL, NULL, $6, NULL, 1)
  ON CONFLICT ON CONSTRAINT webhook_deliveries_once DO NOTHING RETURNING id`;
const ADD_JOB = `
  SELECT graphile_worker.add_job($1, payload => $2::json, job_key => $3, run_at => $4, queue_name => $5,
    max_attempts => 25)`;
const AUDIT = `
  INSERT INTO audit_entries (workspace_id, id, at, action, actor_id, resource_type, resource_id, outcome, changes, details,
    via, ip, user_agent, request_id)
  VALUES ($1, $2, $3, $4, $5, 'workspace', $1, 'success', $6, '{}', 'http', '127.0.0.1', NULL, $7)`;
const VIEW = `
  SELECT workspaces.id, workspaces.name, workspaces.slug, workspaces.description, workspaces.settings,
    workspaces.owner_id AS "ownerId", workspaces.created_at AS "createdAt", workspaces.updated_at AS "updatedAt"
  FROM workspaces WHERE id = $1 AND deleted_at IS NULL`;

const UPDATED = 'workspace.updated';
const DELIVER = 'webhook.deliver';

const { PORT, DATABASE_URL, DB_POOL_MAX } = process.env;
const pool = new Pool({ connectionString: DATABASE_URL, max: Number(DB_POOL_MAX) });

const names = new Map<string, string>();

async function query<Row extends QueryResultRow>(
  client: Pool | PoolClient,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const name = names.get(text) ?? `limit.${names.size}`;
  names.set(text, name);
  return (await client.query<Row>({ name, text, values: [...values] })).rows;
}

interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly description: string | null;
  readonly settings: object;
  readonly ownerId: string;
  readonly status: string;
  readonly suspensionReason: string | null;
  readonly deletedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

async function write(client: PoolClient, workspaceId: string, name: string): Promise<void> {
  const [found] = await query<Workspace>(client, HOLD, [workspaceId]);
  if (!found) throw new Error('There is no such workspace.');
  const { id, slug, description, settings, ownerId, status, suspensionReason, deletedAt, createdAt, version } = found;
  const now = new Date();
  const unchanged = [slug, description, settings, ownerId, status, suspensionReason, deletedAt];
  await query(client, CHANGE, [id, name, ...unchanged, now, version]);
  const workspace = { id, name, slug, description, settings, ownerId, createdAt, updatedAt: now };
  const facts = { workspace, changed: ['name'], before: { name: found.name } };
  const eventId = newId<string>();
  await query(client, APPEND_EVENT, [eventId, id, UPDATED, ownerId, now, facts]);
  for (const webhook of await query<{ id: string }>(client, WEBHOOKS, [id])) {
    const deliveryId = newId<string>();
    await query(client, ADD_DELIVERY, [id, deliveryId, webhook.id, eventId, UPDATED, now]);
    const payload = { workspaceId: id, webhookId: webhook.id, deliveryId };
    await query(client, ADD_JOB, [DELIVER, payload, `${DELIVER}:${deliveryId}`, now, `webhook:${webhook.id}`]);
  }
  const changes = JSON.stringify([{ field: 'name', before: found.name, after: name }]);
  await query(client, AUDIT, [id, eventId, now, UPDATED, ownerId, changes, newId()]);
}

async function rename(workspaceId: string, name: string): Promise<object | undefined> {
  const client = await pool.connect();
  try {
    await client.query(OPEN(workspaceId));
    await write(client, workspaceId, name);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
  const [workspace] = await query(pool, VIEW, [workspaceId]);
  return workspace;
}

createServer((request, response) => {
  json(request)
    .then((body) => rename(request.url?.split('/').at(-1) ?? '', (body as { name: string }).name))
    .then(
      (data) => {
        const content = JSON.stringify({ data });
        response.writeHead(200, {
          'Content-Type': 'application/json; charset=utf-8',
          'Content-Length': Buffer.byteLength(content),
        });
        response.end(content);
      },
      () => response.writeHead(request.method === 'GET' ? 404 : 500, { 'Content-Length': 0 }).end(),
    );
}).listen(Number(PORT), '127.0.0.1');
