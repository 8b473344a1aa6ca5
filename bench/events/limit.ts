import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import type { PoolClient } from 'pg';
import { newId } from '../../src/core/domain/Id';
import { pool, publish, query, write } from '../writes';

/**
 * The least that a server can do to rename a workspace: node:http and pg, and in one transaction the statements that the
 * platform runs for it, each prepared. No router, no credentials, no validation, no headers, no row-level security.
 */
const HOLD = `
  UPDATE workspaces SET version = version WHERE id = $1
  RETURNING id, name, slug, description, settings, owner_id AS "ownerId", status, suspension_reason AS "suspensionReason",
    deleted_at AS "deletedAt", created_at AS "createdAt", updated_at AS "updatedAt", version`;
const CHANGE = `
  UPDATE workspaces SET name = $2, slug = $3, description = $4, settings = $5, owner_id = $6, status = $7,
    suspension_reason = $8, deleted_at = $9, updated_at = $10, version = $11 + 1
  WHERE id = $1 AND version = $11 RETURNING id`;
const ADD_DELIVERY = `
  INSERT INTO webhook_deliveries (workspace_id, id, webhook_id, event_id, event_type, status, attempts, next_attempt_at,
    last_attempt_at, response_status, failure, created_at, delivered_at, version)
  VALUES ($1, $2, $3, $4, $5, 'pending', 0, $6, NULL, NULL, NULL, $6, NULL, 1)
  ON CONFLICT ON CONSTRAINT webhook_deliveries_once DO NOTHING RETURNING id`;
const ADD_JOB = `
  SELECT graphile_worker.add_job($1, payload => $2::json, job_key => $3, run_at => $4, queue_name => $5,
    max_attempts => 25)`;
const VIEW = `
  SELECT workspaces.id, workspaces.name, workspaces.slug, workspaces.description, workspaces.settings,
    workspaces.owner_id AS "ownerId", workspaces.created_at AS "createdAt", workspaces.updated_at AS "updatedAt"
  FROM workspaces WHERE id = $1 AND deleted_at IS NULL`;

const UPDATED = 'workspace.updated';
const DELIVER = 'webhook.deliver';

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

async function change(client: PoolClient, workspaceId: string, name: string): Promise<void> {
  const [found] = await query<Workspace>(client, HOLD, [workspaceId]);
  if (!found) throw new Error('There is no such workspace.');
  const { id, slug, description, settings, ownerId, status, suspensionReason, deletedAt, createdAt, version } = found;
  const now = new Date();
  const unchanged = [slug, description, settings, ownerId, status, suspensionReason, deletedAt];
  await query(client, CHANGE, [id, name, ...unchanged, now, version]);
  const workspace = { id, name, slug, description, settings, ownerId, createdAt, updatedAt: now };
  const facts = { workspace, changed: ['name'], before: { name: found.name } };
  const changes = [{ field: 'name', before: found.name, after: name }];
  const happening = { workspaceId: id, type: UPDATED, actorId: ownerId, at: now, facts, changes };
  const { id: eventId, webhooks } = await publish(client, { ...happening, resource: ['workspace', id] });
  for (const webhookId of webhooks) {
    const deliveryId = newId<string>();
    await query(client, ADD_DELIVERY, [id, deliveryId, webhookId, eventId, UPDATED, now]);
    const payload = { workspaceId: id, webhookId, deliveryId };
    await query(client, ADD_JOB, [DELIVER, payload, `${DELIVER}:${deliveryId}`, now, `webhook:${webhookId}`]);
  }
}

async function rename(workspaceId: string, name: string): Promise<object | undefined> {
  await write(workspaceId, (client) => change(client, workspaceId, name));
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
}).listen(Number(process.env.PORT), '127.0.0.1');
