import type { TestPlatform } from './testPlatform';

/** Who did what in a workspace, of one type, in the order of the log. */
export const loggedEvents = (platform: TestPlatform, workspaceId: string, type: string) =>
  platform.query<{ by: string | null; facts: object }>(
    `SELECT actor_id AS by, facts FROM events WHERE workspace_id = $1 AND type = $2 ORDER BY transaction_id, position`,
    [workspaceId, type],
  );
