import type { ApiAnswer } from './ApiClient';
import { expectProblem } from './expectProblem';

/** Settings for tests of limits: a window that none of them outlives, whatever the machine. */
export const WINDOW = { RATE_LIMIT_WINDOW_MS: '600000' };

/** What is left of each limit that a request counted against, by its name, as the answer tells. */
export function remainingOf({ headers }: ApiAnswer): Readonly<Record<string, number>> {
  const items = headers.get('ratelimit')?.split(', ') ?? [];
  return Object.fromEntries(
    items.map((item) => {
      const [, name = '', remaining] = /^"(\w+)";r=(\d+);t=\d+$/.exec(item) ?? [];
      return [name, Number(remaining)];
    }),
  );
}

/** A refusal by the limit of this name, with all that the contract says of one. */
export function expectLimited(answer: ApiAnswer, name: string, max: number): void {
  const retryAfter = Number(answer.headers.get('retry-after'));
  expect(retryAfter).toBeGreaterThan(0);
  expect(retryAfter).toBeLessThanOrEqual(600);
  expectProblem(answer, 429, 'TOO_MANY_REQUESTS', { retryAfter });
  expect(answer.headers.get('ratelimit-policy')?.split(', ').at(-1)).toBe(`"${name}";q=${max};w=600`);
  expect(answer.headers.get('ratelimit')?.split(', ').at(-1)).toBe(`"${name}";r=0;t=${retryAfter}`);
}
