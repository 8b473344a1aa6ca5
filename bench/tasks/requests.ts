import { accessTokens } from '../events/renames';
import type { Caller } from '../seed';
import type { Stage } from '../stage';
import type { Todo } from './seedTasks';

/** How many requests there are: more than either server can serve of writes in a round, so that each is another change. */
export const REQUESTS = 5_000;

export type Operation = 'list' | 'get' | 'change' | 'create';

const line = (operation: Operation, { id }: Todo): string =>
  ({
    list: 'GET /api/v1/tasks?limit=20&sort=-createdAt',
    get: `GET /api/v1/tasks/${id}`,
    change: `PATCH /api/v1/tasks/${id}`,
    create: 'POST /api/v1/tasks',
  })[operation];

/** @param turn what one of them changes the next one changes back */
function bodyOf(operation: Operation, { projectId }: Todo, turn: number): object | undefined {
  if (operation === 'change') return { status: turn % 2 === 0 ? 'in_progress' : 'todo' };
  if (operation === 'create') return { title: 'Write one more', priority: 'high', projectId };
  return undefined;
}

/** What is asked of these tasks, one after the other, each by somebody of its workspace, as whole requests. */
export function requestsFor({ secret }: Stage, callers: readonly Caller[], todos: readonly Todo[]) {
  const tokenOf = accessTokens(secret);
  const people = callers.map((caller) => ({ ...caller, token: tokenOf(caller) }));
  const asked = todos.map((todo, at) => {
    const members = people.filter(({ workspaceId }) => workspaceId === todo.workspaceId);
    const { userId = '', token = '' } = members[at % members.length] ?? {};
    // The limit believes whoever says who it is.
    const headers = ['Host: 127.0.0.1', `X-Workspace-Id: ${todo.workspaceId}`, `X-User-Id: ${userId}`];
    return { todo, headers: [...headers, `Authorization: Bearer ${token}`].join('\r\n') };
  });
  return (operation: Operation, turn: number): string[] =>
    asked.map(({ todo, headers }) => {
      const head = `${line(operation, todo)} HTTP/1.1\r\n${headers}\r\n`;
      const body = bodyOf(operation, todo, turn);
      if (!body) return `${head}\r\n`;
      const content = JSON.stringify(body);
      return `${head}Content-Type: application/json\r\nContent-Length: ${content.length}\r\n\r\n${content}`;
    });
}
