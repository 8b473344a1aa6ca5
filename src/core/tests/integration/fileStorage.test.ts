import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { dataFolder } from '../../../../tests/support/dataFolder';
import { LocalFileStorage } from '../../infrastructure/storage/LocalFileStorage';

describe('LocalFileStorage', () => {
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let storage: LocalFileStorage;

  beforeEach(async () => {
    folder = await dataFolder();
    storage = new LocalFileStorage(folder.path);
  });

  afterEach(() => folder.remove());

  const KEY = 'workspaces/one/exports/two.zip';
  const content = async (key = KEY): Promise<string | null> => {
    const stream = await storage.open(key);
    return stream && text(stream);
  };
  const put = (what: string, key = KEY): Promise<void> => storage.put(key, Readable.from([what]));

  it('keeps what a stream holds', async () => {
    await put('first');
    expect(await content()).toBe('first');
    expect(await storage.stat(KEY)).toEqual({ bytes: 5 });
  });

  it('replaces what was there', async () => {
    await put('first');
    await put('the second');
    expect(await content()).toBe('the second');
  });

  it('has nothing under a key that was never used, or is removed', async () => {
    expect([await storage.open(KEY), await storage.stat(KEY)]).toEqual([null, null]);
    await expect(storage.remove(KEY)).resolves.toBeUndefined();
    await put('first');
    await storage.remove(KEY);
    expect([await storage.open(KEY), await storage.stat(KEY)]).toEqual([null, null]);
  });

  it('keeps nothing of a stream that fails, and leaves what was there', async () => {
    await put('first');
    async function* failing(): AsyncGenerator<string> {
      yield 'half of it';
      throw new Error('cut off');
    }
    await expect(storage.put(KEY, Readable.from(failing()))).rejects.toThrow('cut off');
    expect(await content()).toBe('first');
    expect(await readdir(join(folder.path, 'files/workspaces/one/exports'))).toEqual(['two.zip']);
  });

  it('removes what attempts that were cut off have left, and of no other key', async () => {
    const exports = join(folder.path, 'files/workspaces/one/exports');
    await mkdir(exports, { recursive: true });
    for (const name of ['two.zip.0a1b2c3d4e5f.part', 'two.zip2', 'three.zip.0a1b2c3d4e5f.part']) {
      await writeFile(join(exports, name), '');
    }
    await storage.remove(KEY);
    expect((await readdir(exports)).sort()).toEqual(['three.zip.0a1b2c3d4e5f.part', 'two.zip2']);
  });

  it('keeps files for the server alone', async () => {
    await put('first');
    const path = join(folder.path, 'files');
    const modeOf = async (each: string): Promise<string> => (await stat(each)).mode.toString(8).slice(-3);
    expect([await modeOf(join(path, KEY)), await modeOf(path)]).toEqual(['600', '700']);
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
    await expect(put('x', key)).rejects.toThrow(refusal);
    await expect(storage.open(key)).rejects.toThrow(refusal);
    await expect(storage.stat(key)).rejects.toThrow(refusal);
    await expect(storage.remove(key)).rejects.toThrow(refusal);
    expect(await readdir(folder.path)).toEqual([]);
  });
});
