import { eventually } from './eventually';
import type { TestPlatform } from './testPlatform';

/** Waits until all jobs have run that are due; what is to be tried again later is not. */
export async function jobsDone(platform: Pick<TestPlatform, 'query'>): Promise<void> {
  await eventually(async () => {
    const waiting = await platform.query(
      `SELECT identifier, last_error FROM graphile_worker._private_jobs AS jobs
         JOIN graphile_worker._private_tasks AS tasks ON tasks.id = jobs.task_id
         WHERE run_at <= now()`,
    );
    expect(waiting).toEqual([]);
  });
}
