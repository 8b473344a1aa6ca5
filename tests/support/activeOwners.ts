import type { TestPlatform } from './testPlatform';

/** The ids of a workspace's active owners, as they stand in the tables. */
export async function activeOwners(platform: TestPlatform, workspaceId: string): Promise<string[]> {
  const rows = await platform.query<{ id: string }>(
    `SELECT user_id AS id FROM members JOIN member_roles USING (workspace_id, user_id)
       JOIN roles ON roles.workspace_id = members.workspace_id AND roles.id = role_id
     WHERE members.workspace_id = $1 AND status = 'active' AND key = 'owner'`,
    [workspaceId],
  );
  return rows.map(({ id }) => id);
}
