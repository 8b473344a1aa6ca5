import type { SealAudit } from '../../src/modules/audit/application/SealAudit';
import { eventually } from './eventually';
import type { TestPlatform } from './testPlatform';

/** Gives every entry of a workspace its place: other transactions of the cluster, which it waits for, may be open. */
export function sealAll(platform: TestPlatform, workspaceId: string): Promise<void> {
  return eventually(async () => {
    await platform.service<SealAudit>('sealAudit').run();
    const waiting = await platform.query(
      `SELECT id FROM audit_entries WHERE workspace_id = $1
         AND id NOT IN (SELECT entry_id FROM audit_links WHERE workspace_id = $1)`,
      [workspaceId],
    );
    expect(waiting).toEqual([]);
  });
}
