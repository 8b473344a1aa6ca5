import { HEAD_BYTES, typeOf } from '../domain/fileType';

/** Looks at the beginning of what passes by. */
export class Sniffed {
  private head = Buffer.alloc(0);

  /** The same chunks, one by one. */
  async *of(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      const missing = HEAD_BYTES - this.head.length;
      if (missing > 0) this.head = Buffer.concat([this.head, chunk.subarray(0, missing)]);
      yield chunk;
    }
  }

  /** What it is, as far as it has passed. */
  type(): string {
    return typeOf(this.head);
  }
}
