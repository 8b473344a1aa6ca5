import { eventually } from './eventually';
import { jobsDone } from './jobsDone';
import type { TestPlatform } from './testPlatform';

/**
 * Waits until nothing that happened so far can be preceded by anything any more: all jobs are done, and every transaction
 * is over that is open now. Other tests on the same server have some, too, which may last.
 */
export async function logSettled(platform: TestPlatform): Promise<void> {
  await jobsDone(platform);
  const [moment] = await platform.query<{ next: string }>('SELECT pg_snapshot_xmax(pg_current_snapshot()) AS next');
  await eventually(
    async () => {
      const over = 'SELECT pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 AS over';
      expect(await platform.query(over, [moment?.next])).toEqual([{ over: true }]);
    },
    { within: 60_000 },
  );
}
