import { randomUUID } from 'node:crypto';
import type { Cache } from '../../../src/core/application/Cache';
import { eventually } from '../eventually';

const MINUTE = 60_000;

/** What every cache does. `cache` is asked for inside each test; the store behind it may be shared. */
export function cacheContract(cache: () => Cache): void {
  let key: string;

  beforeEach(() => {
    key = `contract:${randomUUID()}`;
  });

  it('answers undefined for a key it does not know', async () => {
    await expect(cache().get(key)).resolves.toBeUndefined();
  });

  it.each([
    ['an object', { id: 'a', tags: ['x', 'y'], nested: { on: true, none: null } }],
    ['a list', [1, 2, 3]],
    ['text', 'Grüße, 世界 \u0000 "quoted"'],
    ['empty text', ''],
    ['zero', 0],
    ['false', false],
    ['null', null],
  ])('gives back %s', async (_kind, value) => {
    await cache().set(key, value, MINUTE);
    await expect(cache().get(key)).resolves.toEqual(value);
  });

  it('replaces a value', async () => {
    await cache().set(key, 'first', MINUTE);
    await cache().set(key, 'second', MINUTE);
    await expect(cache().get(key)).resolves.toBe('second');
  });

  it('forgets a deleted value, and only that one', async () => {
    await cache().set(key, 'gone', MINUTE);
    await cache().set(`${key}:other`, 'kept', MINUTE);
    await cache().delete(key);
    await expect(cache().get(key)).resolves.toBeUndefined();
    await expect(cache().get(`${key}:other`)).resolves.toBe('kept');
  });

  it('deletes what is not there without complaint', async () => {
    await expect(cache().delete(key)).resolves.toBeUndefined();
  });

  it('forgets a value when its time is over, and only that one', async () => {
    await cache().set(`${key}:long`, 'kept', MINUTE);
    await cache().set(key, 'brief', 50);
    await eventually(async () => expect(await cache().get(key)).toBeUndefined());
    await expect(cache().get(`${key}:long`)).resolves.toBe('kept');
  });

  it('counts the time from the last write', async () => {
    await cache().set(key, 'brief', 50);
    await cache().set(key, 'long', MINUTE);
    await cache().set(`${key}:brief`, 'brief', 50);
    await eventually(async () => expect(await cache().get(`${key}:brief`)).toBeUndefined());
    await expect(cache().get(key)).resolves.toBe('long');
  });

  it.each([0, -1])('does not keep a value for %d ms', async (ttlMs) => {
    await cache().set(key, 'old', MINUTE);
    await cache().set(key, 'new', ttlMs);
    await expect(cache().get(key)).resolves.toBeUndefined();
  });

  it('takes a time with a fraction', async () => {
    await cache().set(key, 'value', MINUTE + 0.5);
    await expect(cache().get(key)).resolves.toBe('value');
  });

  it('keeps its own copy: neither the writer nor a reader can change it', async () => {
    const written = { tags: ['original'] };
    await cache().set(key, written, MINUTE);
    written.tags.push('by the writer');
    const read = await cache().get<{ tags: string[] }>(key);
    read?.tags.push('by a reader');
    await expect(cache().get(key)).resolves.toEqual({ tags: ['original'] });
  });
}
