import type { ApiAnswer, ApiClient } from './ApiClient';
import type { Person } from './people';
import type { TestPlatform } from './testPlatform';

export interface ApiKey {
  readonly id: string;
  /** The credential itself. */
  readonly key: string;
}

/** As whoever calls, in a workspace. */
export function postApiKey(api: ApiClient, workspaceId: string, body: unknown, headers = {}): Promise<ApiAnswer> {
  return api.post('/api-keys', body, { 'X-Workspace-Id': workspaceId, ...headers });
}

/** A key of a workspace, made by this person. */
export async function makeApiKey(
  { api }: Pick<Person, 'api'>,
  workspaceId: string,
  { name = 'Difference Engine', role = 'admin', expiresAt }: { name?: string; role?: string; expiresAt?: Date } = {},
): Promise<ApiKey> {
  const { status, body } = await postApiKey(api, workspaceId, { name, role, ...(expiresAt && { expiresAt }) });
  if (status !== 201) throw new Error(`Making an API key answered ${status}: ${JSON.stringify(body)}`);
  return body.data;
}

/** Gives a workspace a role that holds the one right that its admins lack. */
export async function addDeleterRole(platform: TestPlatform, workspaceId: string): Promise<void> {
  await platform.query(
    `WITH role AS (
       INSERT INTO roles VALUES (gen_random_uuid(), $1, 'deleter', 'Deleter', null, false, now()) RETURNING id
     ) INSERT INTO role_permissions SELECT $1, id, 'workspaces.delete' FROM role`,
    [workspaceId],
  );
}
