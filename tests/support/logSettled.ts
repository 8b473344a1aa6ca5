import { isSettled } from '../../src/core/infrastructure/database/settled';
import { eventually } from './eventually';
import { jobsDone } from './jobsDone';
import type { TestPlatform } from './testPlatform';

/**
 * Waits until nothing that happened so far can be preceded by anything any more: all jobs are done, and every transaction
 * is over that is open now.
 */
export async function logSettled(platform: TestPlatform): Promise<void> {
  await jobsDone(platform);
  const [moment] = await platform.query<{ next: string }>('SELECT pg_snapshot_xmax(pg_current_snapshot()) AS next');
  const last = BigInt(moment?.next ?? 0) - 1n;
  await eventually(async () => {
    expect(await platform.query(`SELECT ${isSettled('$1::xid8')} AS over`, [last])).toEqual([{ over: true }]);
  });
}
