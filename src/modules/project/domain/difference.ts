import { isDeepStrictEqual } from 'node:util';

/** What every change brings along; it is no change by itself. */
const ALWAYS = ['updatedAt', 'version'];

/** Which members of a resource differ, as its events tell it before and after a change, and what those were. */
export function difference<Facts extends object>(
  before: Facts,
  after: Facts,
): { changed: readonly string[]; before: Partial<Facts> } {
  const names = (Object.keys(after) as (keyof Facts & string)[]).filter(
    (name) => !ALWAYS.includes(name) && !isDeepStrictEqual(before[name], after[name]),
  );
  return { changed: names, before: Object.fromEntries(names.map((name) => [name, before[name]])) as Partial<Facts> };
}
