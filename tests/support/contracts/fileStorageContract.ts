import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import type { FileStorage } from '../../../src/core/application/FileStorage';
import { keysBelow } from '../keysBelow';

const MIB = 1024 * 1024;

/** What every storage does. `storage` is asked for inside each test, and has nothing in it. */
export function fileStorageContract(storage: () => FileStorage): void {
  const KEY = 'workspaces/one/exports/two.zip';
  const content = async (key = KEY): Promise<string | null> => {
    const stream = await storage().open(key);
    return stream && text(stream);
  };
  const put = (what: string, key = KEY): Promise<void> => storage().put(key, Readable.from([what]));

  it('keeps what a stream holds', async () => {
    await put('first');
    expect(await content()).toBe('first');
    expect(await storage().stat(KEY)).toEqual({ bytes: 5 });
  });

  it('keeps a stream of nothing', async () => {
    await storage().put(KEY, Readable.from([]));
    expect(await content()).toBe('');
    expect(await storage().stat(KEY)).toEqual({ bytes: 0 });
  });

  it('keeps what is larger than any buffer, of a size that nobody tells it', async () => {
    const chunk = randomBytes(MIB);
    await storage().put(KEY, Readable.from(Array.from({ length: 12 }, () => chunk)));
    expect(await storage().stat(KEY)).toEqual({ bytes: 12 * MIB });
    const stream = await storage().open(KEY);
    expect((await buffer(stream as Readable)).equals(Buffer.concat(Array.from({ length: 12 }, () => chunk)))).toBe(
      true,
    );
  });

  it('replaces what was there', async () => {
    await put('first');
    await put('the second');
    expect(await content()).toBe('the second');
  });

  it('has nothing under a key that was never used, or is removed', async () => {
    expect([await storage().open(KEY), await storage().stat(KEY)]).toEqual([null, null]);
    await expect(storage().remove(KEY)).resolves.toBeUndefined();
    await put('first');
    await storage().remove(KEY);
    expect([await storage().open(KEY), await storage().stat(KEY)]).toEqual([null, null]);
  });

  it.each([
    ['at its beginning', 0],
    ['further on', 7],
  ])('keeps nothing of a stream that fails %s, and leaves what was there', async (_where, chunks) => {
    await put('first');
    async function* failing(): AsyncGenerator<Buffer> {
      for (let sent = 0; sent < chunks; sent += 1) yield Buffer.alloc(MIB);
      throw new Error('cut off');
    }
    await expect(storage().put(KEY, Readable.from(failing()))).rejects.toThrow('cut off');
    expect(await content()).toBe('first');
    expect(await keysBelow(storage(), 'workspaces')).toEqual([KEY]);
  });

  it('lists what is below a folder, and since when', async () => {
    const before = Date.now();
    await put('a', 'workspaces/one/files/a');
    await put('b', 'workspaces/two/b');
    await put('c', 'workspaces2/c');
    expect(await keysBelow(storage(), 'workspaces')).toEqual(['workspaces/one/files/a', 'workspaces/two/b']);
    expect(await keysBelow(storage(), 'workspaces/one')).toEqual(['workspaces/one/files/a']);
    expect(await keysBelow(storage(), 'nothing')).toEqual([]);
    for await (const { storedAt } of storage().list('workspaces')) {
      // Some tell whole seconds only.
      expect(storedAt.getTime()).toBeGreaterThanOrEqual(before - 1_000);
      expect(storedAt.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
    }
  });

  it.each([
    '',
    '/etc/passwd',
    '../outside',
    'a/../../outside',
    'a//b',
    'a/',
    './a',
    '.hidden',
    'a/.hidden',
    'a\\b',
    'a\0b',
    'a\nb',
    'a b',
    'ä',
    'two.zip.0a1b2c3d4e5f.part',
    'a'.repeat(201),
    'a/b/c/d/e/f/g/h/i/j/k',
  ])('refuses the key %j', async (key) => {
    const refusal = 'This is no key of a file';
    const headers = { type: 'text/plain', name: 'x.txt', inline: false };
    await expect(put('x', key)).rejects.toThrow(refusal);
    await expect(storage().open(key)).rejects.toThrow(refusal);
    await expect(storage().stat(key)).rejects.toThrow(refusal);
    await expect(storage().remove(key)).rejects.toThrow(refusal);
    await expect(storage().list(key)[Symbol.asyncIterator]().next()).rejects.toThrow(refusal);
    await expect(Promise.resolve().then(() => storage().downloadUrl(key, headers))).rejects.toThrow(refusal);
    expect(await keysBelow(storage(), 'workspaces')).toEqual([]);
  });
}
