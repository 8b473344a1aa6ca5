import { databaseSnapshot } from './databaseSnapshot';
import type { TestPlatform } from './testPlatform';

/** Attempts what is to change nothing that the platform holds. @returns what came of it */
export async function leavesNoTrace<Result>(platform: TestPlatform, attempt: () => Promise<Result>): Promise<Result> {
  const before = await databaseSnapshot(platform);
  const result = await attempt();
  expect(await databaseSnapshot(platform)).toEqual(before);
  return result;
}
