import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { MANIFEST, type EntryFacts, type Manifest } from '../application/Manifest';
import { Digest } from '../../../core/application/Digest';

/** By the promises of those who add and who read; an event that nobody hears would end the process. */
const TOLD_ALREADY = (): void => {};

/** Writes a ZIP as a stream: what is added waits until the one who reads `content` has taken it. */
export class ArchiveWriter {
  private readonly zip = new ZipFile();

  private readonly entries: Record<string, EntryFacts> = {};

  private readonly aborting = new AbortController();

  constructor(private readonly createdAt: Date) {
    this.zip.on('error', (error: Error) => this.abort(error));
    this.content.on('error', TOLD_ALREADY);
  }

  get content(): Readable {
    return this.zip.outputStream as PassThrough;
  }

  get rows(): number {
    return Object.values(this.entries).reduce((sum, { rows }) => sum + rows, 0);
  }

  /** Adds an entry of lines, which come in batches. */
  async add(name: string, batches: AsyncIterable<readonly string[]>): Promise<void> {
    let rows = 0;
    async function* chunks(): AsyncGenerator<string> {
      for await (const lines of batches) {
        rows += lines.length;
        yield lines.map((line) => `${line}\n`).join('');
      }
    }
    const written = await this.write(name, chunks(), true);
    this.entries[name] = { ...written, rows };
  }

  /** Adds an entry of bytes, as they are: most files are compressed already. */
  async addContent(name: string, content: AsyncIterable<Buffer>): Promise<void> {
    this.entries[name] = { ...(await this.write(name, content, false)), rows: 0 };
  }

  private async write(
    name: string,
    chunks: AsyncIterable<string | Buffer>,
    compress: boolean,
  ): Promise<Omit<EntryFacts, 'rows'>> {
    const digest = new Digest();
    const entry = new PassThrough().on('error', TOLD_ALREADY);
    this.zip.addReadStream(entry, name, { mtime: this.createdAt, mode: 0o600, compress });
    await pipeline(digest.of(chunks), entry, { signal: this.aborting.signal });
    return { bytes: digest.bytes, sha256: digest.sha256() };
  }

  /** Adds the manifest, and with it the end. */
  finish(about: Omit<Manifest, 'entries' | 'createdAt'>): void {
    const manifest: Manifest = { ...about, createdAt: this.createdAt.toISOString(), entries: this.entries };
    const options = { mtime: this.createdAt, mode: 0o600 };
    this.zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), MANIFEST, options);
    this.zip.end();
  }

  /** Whoever adds and whoever reads fail with this. */
  abort(error: Error): void {
    this.aborting.abort(error);
    this.content.destroy(error);
  }
}
