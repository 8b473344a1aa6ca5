import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { eachWithNewStorage } from '../../../../tests/support/localStorage';
import { Downloads } from '../../application/Downloads';
import { LocalFileStorage } from '../../infrastructure/storage/LocalFileStorage';

const KEPT = { key: 'lamps/one', bytes: 4, sha256: 'f'.repeat(64) };
const HEADERS = { type: 'text/plain', name: 'lamp.txt', inline: false };
const OUT_OF_REACH = { kind: 'unavailable' };

describe('Downloads', () => {
  let dataDir: string;
  let storage: LocalFileStorage;
  let downloads: Downloads;

  eachWithNewStorage((...its) => {
    [storage, dataDir] = its;
    downloads = new Downloads(storage);
  });

  const put = (content: string): Promise<void> => storage.put(KEPT.key, Readable.from([content]));

  it('are streams where the storage hands over nothing itself', async () => {
    await put('lamp');
    const found = await downloads.of(KEPT, HEADERS);
    expect(found).toEqual({ bytes: 4, tag: KEPT.sha256, headers: HEADERS, open: expect.any(Function) });
    expect('open' in found && (await text(await found.open()))).toBe('lamp');
  });

  it('are at a URL where it does, whatever lies there', async () => {
    const url = 'https://files.example.com/lamps/one';
    const handing = Object.assign(new LocalFileStorage(dataDir), { downloadUrl: async () => url });
    await expect(new Downloads(handing).of(KEPT, HEADERS)).resolves.toEqual({ url });
  });

  it('are refused for what is not here, or is not whole', async () => {
    await expect(downloads.of(KEPT, HEADERS)).rejects.toMatchObject(OUT_OF_REACH);
    await put('lam');
    await expect(downloads.stream(KEPT)).rejects.toMatchObject(OUT_OF_REACH);
  });

  it('are refused for what is gone when it is opened', async () => {
    await put('lamp');
    const { open } = await downloads.stream(KEPT);
    await storage.remove(KEPT.key);
    await expect(open()).rejects.toMatchObject(OUT_OF_REACH);
  });
});
