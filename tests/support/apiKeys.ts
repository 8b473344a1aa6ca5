import type { ApiAnswer, ApiClient } from './ApiClient';
import type { Person } from './people';

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

/** Gives a workspace a role that holds the one right that its admins lack. @returns its id */
export async function addDeleterRole({ api }: Pick<Person, 'api'>, workspaceId: string): Promise<string> {
  const role = { key: 'deleter', name: 'Deleter', permissions: ['workspaces.delete'] };
  const { status, body } = await api.post('/roles', role, { 'X-Workspace-Id': workspaceId });
  if (status !== 201) throw new Error(`Making a role answered ${status}: ${JSON.stringify(body)}`);
  return body.data.id;
}
