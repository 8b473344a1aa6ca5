import type { TestPlatform } from './testPlatform';

/** Who did what in a workspace, of one type, in the order of the log. */
export const loggedEvents = (platform: TestPlatform, workspaceId: string, type: string) =>
  platform.query<{ by: string | null; facts: object }>(
    `SELECT actor_id AS by, facts FROM events WHERE workspace_id = $1 AND type = $2 ORDER BY transaction_id, position`,
    [workspaceId, type],
  );

/** The types of what happened in a workspace, in the order of the log, as far as they match a regular expression. */
export async function loggedTypes(platform: TestPlatform, workspaceId: string, pattern: string): Promise<string[]> {
  const events = await platform.query<{ type: string }>(
    'SELECT type FROM events WHERE workspace_id = $1 AND type ~ $2 ORDER BY transaction_id, position',
    [workspaceId, pattern],
  );
  return events.map(({ type }) => type);
}
