import type { ApiAnswer, ApiClient } from './ApiClient';
import type { TestPlatform } from './testPlatform';

type View = ApiAnswer['body'];

async function make(api: ApiClient, path: string, body: object): Promise<View> {
  const answer = await api.post(path, body);
  if (answer.status !== 201) throw new Error(`POST ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body.data;
}

/** Makes a task in the workspace of a client. @returns its view */
export const makeTask = (api: ApiClient, input: object = {}): Promise<View> =>
  make(api, '/tasks', { title: 'Draw the mill', ...input });

/** Makes a project in the workspace of a client. @returns its view */
export const makeProject = (api: ApiClient, input: object = {}): Promise<View> =>
  make(api, '/projects', { name: 'Analytical Engine', ...input });

/** Comments on a task in the workspace of a client. @returns the view of the comment */
export const makeComment = (api: ApiClient, taskId: string, body = 'It grinds.'): Promise<View> =>
  make(api, `/tasks/${taskId}/comments`, { body });

/** Makes a label in the workspace of a client. @returns its view */
export const makeLabel = (api: ApiClient, input: object = {}): Promise<View> =>
  make(api, '/labels', { name: 'Urgent', color: '#ff0000', ...input });

/** Tasks of a workspace that are there though what they belong to is not, or is a part itself. */
export const tasksAstray = (platform: Pick<TestPlatform, 'query'>, workspaceId: string): Promise<{ id: string }[]> =>
  platform.query(
    `SELECT tasks.id FROM tasks
     LEFT JOIN tasks AS parent ON parent.workspace_id = tasks.workspace_id AND parent.id = tasks.parent_id
     LEFT JOIN projects ON projects.workspace_id = tasks.workspace_id AND projects.id = tasks.project_id
     WHERE tasks.workspace_id = $1 AND tasks.deleted_at IS NULL
       AND (parent.deleted_at IS NOT NULL OR projects.deleted_at IS NOT NULL OR parent.parent_id IS NOT NULL)`,
    [workspaceId],
  );
