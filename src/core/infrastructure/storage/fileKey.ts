const SEGMENT = '[A-Za-z0-9][A-Za-z0-9._-]{0,199}';
const KEY = new RegExp(`^${SEGMENT}(?:/${SEGMENT}){0,9}$`);

/** What an attempt to put a file has in addition to its key until it is whole. */
export const DRAFT = '.part';

/** @throws Error for a key that is none: no key leads out of its storage, or to a draft */
export function assertKey(key: string): void {
  if (!KEY.test(key) || key.endsWith(DRAFT)) throw new Error(`This is no key of a file: ${JSON.stringify(key)}.`);
}
