import type { ApiAnswer, ApiClient } from './ApiClient';

interface RoleInput {
  readonly name?: string;
  readonly key?: string;
  readonly description?: string | null;
  readonly permissions?: readonly string[];
}

/** Makes a role in the workspace of a client. @returns its view */
export async function makeRole(api: ApiClient, input: RoleInput = {}): Promise<ApiAnswer['body']> {
  const { status, body } = await api.post('/roles', { name: 'Support', permissions: ['users.read'], ...input });
  if (status !== 201) throw new Error(`Making a role answered ${status}: ${JSON.stringify(body)}`);
  return body.data;
}

/** The id of a role, by its key. */
export async function roleId(api: ApiClient, key: string): Promise<string> {
  const { body } = await api.get('/roles?limit=100');
  const found = body.data.find((role: { key: string }) => role.key === key);
  if (!found) throw new Error(`There is no role ${key}.`);
  return found.id;
}
