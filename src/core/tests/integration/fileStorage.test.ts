import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileStorageContract } from '../../../../tests/support/contracts/fileStorageContract';
import { eachWithNewStorage } from '../../../../tests/support/localStorage';
import { S3Server } from '../../../../tests/support/S3Server';
import type { LocalFileStorage } from '../../infrastructure/storage/LocalFileStorage';
import { S3FileStorage } from '../../infrastructure/storage/S3FileStorage';

const KEY = 'workspaces/one/exports/two.zip';

describe('LocalFileStorage', () => {
  let dataDir: string;
  let storage: LocalFileStorage;

  eachWithNewStorage((...its) => {
    [storage, dataDir] = its;
  });

  fileStorageContract(() => storage);

  const put = (): Promise<void> => storage.put(KEY, Readable.from(['first']));

  it('leaves no draft of a stream that fails', async () => {
    await put();
    async function* failing(): AsyncGenerator<string> {
      yield 'half of it';
      throw new Error('cut off');
    }
    await expect(storage.put(KEY, Readable.from(failing()))).rejects.toThrow('cut off');
    expect(await readdir(join(dataDir, 'files/workspaces/one/exports'))).toEqual(['two.zip']);
  });

  it('removes what attempts that were cut off have left, and of no other key', async () => {
    const exports = join(dataDir, 'files/workspaces/one/exports');
    await mkdir(exports, { recursive: true });
    for (const name of ['two.zip.0a1b2c3d4e5f.part', 'two.zip2', 'three.zip.0a1b2c3d4e5f.part']) {
      await writeFile(join(exports, name), '');
    }
    await storage.remove(KEY);
    expect((await readdir(exports)).sort()).toEqual(['three.zip.0a1b2c3d4e5f.part', 'two.zip2']);
  });

  it('lists no drafts', async () => {
    await put();
    await writeFile(join(dataDir, 'files/workspaces/one/exports/two.zip.0a1b2c3d4e5f.part'), '');
    const keys: string[] = [];
    for await (const { key } of storage.list('workspaces')) keys.push(key);
    expect(keys).toEqual([KEY]);
  });

  it('keeps files for the server alone', async () => {
    await put();
    const path = join(dataDir, 'files');
    const modeOf = async (each: string): Promise<string> => (await stat(each)).mode.toString(8).slice(-3);
    expect([await modeOf(join(path, KEY)), await modeOf(path)]).toEqual(['600', '700']);
  });

  it('has no URL of its own', async () => {
    await put();
    await expect(storage.downloadUrl(KEY)).resolves.toBeNull();
  });
});

describe('S3FileStorage', () => {
  let server: S3Server;
  let storage: S3FileStorage;

  beforeAll(async () => {
    server = await S3Server.start();
  });

  beforeEach(async () => {
    await server.empty();
    storage = await S3FileStorage.create(server.settings);
  });

  afterEach(() => storage.close());

  afterAll(() => server.stop());

  fileStorageContract(() => storage);

  const HEADERS = { type: 'application/pdf', name: 'ä.pdf', inline: false };

  it('hands a file over by a URL, as what it is told and not as what it is', async () => {
    await storage.put(KEY, Readable.from(['<script>']));
    const answer = await fetch(await storage.downloadUrl(KEY, HEADERS));
    expect([answer.status, await answer.text()]).toEqual([200, '<script>']);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': HEADERS.type,
      'content-disposition': `attachment; filename="_.pdf"; filename*=UTF-8''%C3%A4.pdf`,
      'cache-control': 'private, no-store',
    });
  });

  it('signs the URL for this file and these headers alone', async () => {
    const signatures = await Promise.all(
      [
        storage.downloadUrl(KEY, HEADERS),
        storage.downloadUrl('workspaces/two/other', HEADERS),
        storage.downloadUrl(KEY, { ...HEADERS, type: 'text/html' }),
        storage.downloadUrl(KEY, { ...HEADERS, inline: true }),
      ].map(async (url) => new URL(await url).searchParams.get('X-Amz-Signature')),
    );
    expect(new Set(signatures).size).toBe(4);
    expect(signatures).not.toContain(null);
  });

  it('gives a URL a minute', async () => {
    await storage.put(KEY, Readable.from(['first']));
    const url = new URL(await storage.downloadUrl(KEY, HEADERS));
    expect(url.searchParams.get('X-Amz-Expires')).toBe('60');
    url.searchParams.set('X-Amz-Date', '20200101T000000Z');
    expect((await fetch(url)).status).toBe(403);
  });

  it('says that it is out of reach, and not that a file is not there', async () => {
    const lost = await S3FileStorage.create({ ...server.settings, endpoint: 'http://127.0.0.1:1' });
    try {
      const unavailable = { code: 'SERVICE_UNAVAILABLE' };
      await expect(lost.put(KEY, Readable.from(['first']))).rejects.toMatchObject(unavailable);
      await expect(lost.open(KEY)).rejects.toMatchObject(unavailable);
      await expect(lost.stat(KEY)).rejects.toMatchObject(unavailable);
      await expect(lost.remove(KEY)).rejects.toMatchObject(unavailable);
    } finally {
      lost.close();
    }
  });

  it('does not take a bucket that is not there for an empty one', async () => {
    const lost = await S3FileStorage.create({ ...server.settings, bucket: 'another' });
    try {
      await expect(lost.open(KEY)).rejects.toMatchObject({ name: 'NoSuchBucket' });
    } finally {
      lost.close();
    }
  });
});
