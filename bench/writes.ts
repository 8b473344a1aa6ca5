import { Pool, type PoolClient, type QueryResultRow } from 'pg';
import { newId } from '../src/core/domain/Id';

/** What limits of writes share: the statements that the platform runs for every write, each prepared. */
const OPEN = (workspaceId: string): string => `START TRANSACTION;
  SELECT set_config('app.workspace_id', '${workspaceId}', true), set_config('app.user_id', '', true), set_config('app.platform', '', true)`;
const APPEND_EVENT = `
  INSERT INTO events (id, workspace_id, type, actor_id, occurred_at, facts) VALUES ($1, $2, $3, $4, $5, $6)
  RETURNING transaction_id || '.' || position AS cursor`;
const WEBHOOKS = `
  SELECT id, workspace_id AS "workspaceId", url, events, disabled_reason AS "disabledReason",
    sealed_secret AS "sealedSecret", sealed_previous_secret AS "sealedPreviousSecret",
    previous_secret_until AS "previousSecretUntil", failures, failing_since AS "failingSince",
    created_by AS "createdBy", created_at AS "createdAt", updated_at AS "updatedAt", version
  FROM webhooks WHERE workspace_id = $1 ORDER BY created_at, id`;
const AUDIT = `
  INSERT INTO audit_entries (workspace_id, id, at, action, actor_id, resource_type, resource_id, outcome, changes, details,
    via, ip, user_agent, request_id)
  VALUES ($1, $2, $3, $4, $5, $6, $7, 'success', $8, '{}', 'http', '127.0.0.1', NULL, $9)`;

const { DATABASE_URL, DB_POOL_MAX } = process.env;
export const pool = new Pool({ connectionString: DATABASE_URL, max: Number(DB_POOL_MAX) });

const names = new Map<string, string>();

/** Runs a statement, which each connection prepares once. */
export async function query<Row extends QueryResultRow>(
  client: Pool | PoolClient,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const name = names.get(text) ?? `limit.${names.size}`;
  names.set(text, name);
  return (await client.query<Row>({ name, text, values: [...values] })).rows;
}

/** Does some work in one transaction. */
export async function write<Result>(
  workspaceId: string,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query(OPEN(workspaceId));
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } finally {
    client.release();
  }
}

/** What happened, to which resource. */
interface Happening {
  readonly workspaceId: string;
  readonly type: string;
  readonly actorId: string;
  readonly at: Date;
  readonly resource: readonly [type: string, id: string];
  readonly facts: object;
  readonly changes: readonly object[];
}

/** Writes an event and its entry in the audit, and asks who hears of it. @returns its id and those of the webhooks */
export async function publish(client: PoolClient, happening: Happening): Promise<{ id: string; webhooks: string[] }> {
  const { workspaceId, type, actorId, at, resource, facts, changes } = happening;
  const id = newId<string>();
  await query(client, APPEND_EVENT, [id, workspaceId, type, actorId, at, facts]);
  const audited = [workspaceId, id, at, type, actorId, ...resource, JSON.stringify(changes), newId()];
  await query(client, AUDIT, audited);
  const webhooks = await query<{ id: string }>(client, WEBHOOKS, [workspaceId]);
  return { id, webhooks: webhooks.map((webhook) => webhook.id) };
}
