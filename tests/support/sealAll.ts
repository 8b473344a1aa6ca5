import type { SealAudit } from '../../src/modules/audit/application/SealAudit';
import { eventually } from './eventually';
import type { TestPlatform } from './testPlatform';

/** Gives every entry of a workspace its place: jobs, for whose transactions it waits, may still be running. */
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
