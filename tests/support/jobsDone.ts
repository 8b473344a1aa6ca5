import { eventually } from './eventually';
import type { TestPlatform } from './testPlatform';

/** Waits until all jobs that were added have run; one that fails again and again is waited for in vain. */
export async function jobsDone(platform: Pick<TestPlatform, 'query'>): Promise<void> {
  await eventually(
    async () => {
      const waiting = await platform.query(
        `SELECT identifier, last_error FROM graphile_worker._private_jobs AS jobs
         JOIN graphile_worker._private_tasks AS tasks ON tasks.id = jobs.task_id`,
      );
      expect(waiting).toEqual([]);
    },
    { within: 15_000 },
  );
}
