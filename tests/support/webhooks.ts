import { newId } from '../../src/core/domain/Id';
import type { ApiAnswer } from './ApiClient';
import { eventually } from './eventually';
import type { Person } from './people';
import type { TestPlatform } from './testPlatform';

export interface MadeWebhook {
  readonly id: string;
  readonly secret: string;
}

/** A webhook of a workspace, made by this person. Nobody is where it leads by default. */
export async function makeWebhook(
  { api }: Pick<Person, 'api'>,
  workspaceId: string,
  { url = 'https://hooks.invalid/atrium', events = ['workspace.deleted'] as readonly string[] } = {},
): Promise<MadeWebhook> {
  const { status, body } = await api.post('/webhooks', { url, events }, { 'X-Workspace-Id': workspaceId });
  if (status !== 201) throw new Error(`Making a webhook answered ${status}: ${JSON.stringify(body)}`);
  return body.data;
}

/** Something public that happens: the workspace gets another name. */
export async function rename({ api }: Pick<Person, 'api'>, workspaceId: string, name: string): Promise<void> {
  const { status, body } = await api.put(`/workspaces/${workspaceId}`, { name });
  if (status !== 200) throw new Error(`Renaming answered ${status}: ${JSON.stringify(body)}`);
}

/** A row in the log of a webhook, of something that was given up. @returns its id */
export async function addFailedDelivery(platform: TestPlatform, workspaceId: string, id: string): Promise<string> {
  const deliveryId = newId();
  await platform.query(
    `INSERT INTO webhook_deliveries
       (workspace_id, id, webhook_id, event_id, event_type, status, attempts, created_at, version)
     SELECT workspace_id, $2, $3, id, type, 'failed', 8, now(), 1
     FROM events WHERE workspace_id = $1 AND type = 'workspace.member-joined'
       AND id NOT IN (SELECT event_id FROM webhook_deliveries WHERE webhook_id = $3)
     LIMIT 1`,
    [workspaceId, deliveryId, id],
  );
  return deliveryId;
}

/** Makes the jobs of a task due that wait for a later attempt. */
export async function hurry(platform: TestPlatform, task = 'webhook.deliver'): Promise<void> {
  await platform.query(
    `UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key LIKE $1 || ':%' AND locked_at IS NULL`,
    [task],
  );
  await platform.query(`SELECT pg_notify('jobs:insert', '{"r":"tests","count":1}')`);
}

/** The log of a webhook, once it is as expected. */
export async function deliveriesOf(
  { api }: Pick<Person, 'api'>,
  workspaceId: string,
  id: string,
  expected: readonly object[],
): Promise<ApiAnswer['body']['data']> {
  return eventually(async () => {
    const { body } = await api.get(`/webhooks/${id}/deliveries`, { 'X-Workspace-Id': workspaceId });
    expect(body.data).toMatchObject(expected);
    return body.data;
  });
}
