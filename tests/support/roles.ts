import type { ApiAnswer, ApiClient } from './ApiClient';
import { expectProblem } from './expectProblem';

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

/** Refused, as it would lift somebody above what the caller holds, or bring down who holds more. */
export const expectEscalation = (answer: ApiAnswer): void => expectProblem(answer, 403, 'ROLE_ESCALATION');

/** Refused for want of a permission that admins and owners hold. */
export const expectDenied = (answer: ApiAnswer, permission: string): void =>
  expectProblem(answer, 403, 'PERMISSION_DENIED', { permission, grantableBy: ['admin', 'owner'] });

/** Refused, as the role is built in. */
export function expectReadOnly(answer: ApiAnswer): void {
  expectProblem(answer, 403, 'PERMISSION_DENIED');
  expect(answer.body.detail).toMatch(/read-only/);
}
