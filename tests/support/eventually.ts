import { setTimeout as pause } from 'node:timers/promises';

const EVERY_MS = 20;

/**
 * Tries `assertion` until it holds, and answers what it returned.
 * @throws whatever it threw last, once `within` milliseconds are over.
 */
export async function eventually<Result>(
  assertion: () => Result | Promise<Result>,
  { within = 15_000 } = {},
): Promise<Result> {
  const deadline = performance.now() + within;
  const attempt = async (): Promise<Result> => {
    try {
      return await assertion();
    } catch (error) {
      if (performance.now() >= deadline) throw error;
      await pause(EVERY_MS);
      return attempt();
    }
  };
  return attempt();
}
