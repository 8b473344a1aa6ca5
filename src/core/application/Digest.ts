import { createHash } from 'node:crypto';

/** Counts and hashes the bytes that pass by. */
export class Digest {
  bytes = 0;

  private readonly hash = createHash('sha256');

  /** The same chunks, one by one. */
  async *of(chunks: AsyncIterable<string | Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      const bytes = Buffer.from(chunk);
      this.bytes += bytes.length;
      this.hash.update(bytes);
      yield bytes;
    }
  }

  /** Of all of them, in hexadecimal digits; asked once. */
  sha256(): string {
    return this.hash.digest('hex');
  }
}
