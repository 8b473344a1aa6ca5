import type { ApiAnswer } from '../../../../tests/support/ApiClient';
import type { Person } from '../../../../tests/support/people';

/** An entity name of a workspace, made by this person. @returns its view */
export async function makeEntityName(
  { api }: Pick<Person, 'api'>,
  workspaceId: string,
  { title = 'First of all', body = 'And then the rest.' } = {},
): Promise<ApiAnswer['body']> {
  const answer = await api.post('/entity-names', { title, body }, { 'X-Workspace-Id': workspaceId });
  if (answer.status !== 201) throw new Error(`It answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body.data;
}
