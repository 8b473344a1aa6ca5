import { Readable } from 'node:stream';
import { readArchive } from '../../../../../tests/support/archives';
import { eventually } from '../../../../../tests/support/eventually';
import { ArchiveWriter } from '../../infrastructure/ArchiveWriter';

const ABOUT = { format: 1, platform: '1.0.0', workspace: { id: 'one' } };

describe('ArchiveWriter', () => {
  async function* batches(asked: () => void): AsyncGenerator<readonly string[]> {
    for (;;) {
      asked();
      yield Array.from({ length: 100 }, () => String(Math.random()));
    }
  }

  it('asks for no more rows than are taken from it', async () => {
    const archive = new ArchiveWriter(new Date());
    let asked = 0;
    const added = archive.add(
      'endless.ndjson',
      batches(() => {
        asked += 1;
      }),
    );
    await eventually(() => expect(asked).toBeGreaterThan(1));
    for (let turn = 0; turn < 1000; turn += 1) await new Promise(setImmediate);
    expect(asked).toBeLessThan(500);
    archive.abort(new Error('enough'));
    await expect(added).rejects.toThrow();
  });

  it('fails for who adds and for who reads when it is ended', async () => {
    const archive = new ArchiveWriter(new Date());
    const read = Readable.from(archive.content).toArray();
    const added = archive.add(
      'endless.ndjson',
      batches(() => {}),
    );
    archive.abort(new Error('enough'));
    await expect(added).rejects.toThrow();
    await expect(read).rejects.toThrow('enough');
  });

  it('hands on what fails while rows are read', async () => {
    const archive = new ArchiveWriter(new Date());
    async function* failing(): AsyncGenerator<readonly string[]> {
      yield ['{}'];
      throw new Error('no rows');
    }
    await expect(archive.add('rows.ndjson', failing())).rejects.toThrow('no rows');
  });

  it('writes entries, and a manifest of them at the end', async () => {
    const archive = new ArchiveWriter(new Date('2026-01-15T12:00:00.123Z'));
    const read = archive.content.toArray();
    await archive.add('a.ndjson', Readable.from([['{"n":1}', '{"n":2}'], ['{"n":3}']]));
    await archive.add('b.ndjson', Readable.from([]));
    archive.finish(ABOUT);
    const content = await readArchive(Buffer.concat((await read) as Buffer[]));
    expect(content['a.ndjson']).toBe('{"n":1}\n{"n":2}\n{"n":3}\n');
    expect(JSON.parse(content['manifest.json'] ?? '')).toEqual({
      ...ABOUT,
      createdAt: '2026-01-15T12:00:00.123Z',
      entries: {
        'a.ndjson': { rows: 3, bytes: 24, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
        'b.ndjson': { rows: 0, bytes: 0, sha256: expect.stringMatching(/^e3b0c442/) },
      },
    });
    expect(archive.rows).toBe(3);
  });
});
