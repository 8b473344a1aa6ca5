const NEWLINE = 0x0a;
const MAX_LINE_BYTES = 16 * 1024 * 1024;

/**
 * The lines of UTF-8 that comes in chunks; each ends in a newline.
 * @throws Error for one over 16 MiB, one that does not end, and what is not UTF-8
 */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest: Buffer[] = [];
  let waiting = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      const line = Buffer.concat([...rest, chunk.subarray(from, end)]);
      if (line.length > MAX_LINE_BYTES) throw new Error('a line is too long');
      yield decoder.decode(line);
      rest = [];
      waiting = 0;
      from = end + 1;
    }
    rest.push(chunk.subarray(from));
    waiting += chunk.length - from;
    if (waiting > MAX_LINE_BYTES) throw new Error('a line is too long');
  }
  if (waiting > 0) throw new Error('its last line has no end');
}
