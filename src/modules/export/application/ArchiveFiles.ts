import type { Manifest } from './Manifest';

/** An archive that is open. Nothing in it is to be believed but that its entries are those of its manifest. */
export interface OpenArchive {
  readonly manifest: Manifest;
  /**
   * The lines of an entry.
   * @throws ValidationError at its end, when it is not as the manifest counts and hashes it
   */
  lines(entry: string): AsyncIterable<string>;
  /**
   * The bytes of an entry.
   * @throws ValidationError at its end, when it is not as the manifest counts and hashes it
   */
  bytes(entry: string): AsyncIterable<Buffer>;
  close(): void;
}

export interface ArchiveFiles {
  /** @throws ValidationError for a file that is no archive, or one that this platform does not read */
  open(path: string): Promise<OpenArchive>;
}
