import type { Readable } from 'node:stream';

/** What is under a key. */
export interface StoredFile {
  readonly key: string;
  readonly storedAt: Date;
}

/** As what a file is handed over, whatever it is. */
export interface FileHeaders {
  /** The media type. */
  readonly type: string;
  readonly name: string;
  /** Whether a browser may show it; otherwise it is for the disk. */
  readonly inline: boolean;
}

/**
 * Where files lie: on this node's disk, or in a store that all nodes reach. A key is a path such as
 * `workspaces/<id>/exports/<id>.zip`, of segments of letters, digits and `. _ -` that begin with a letter or a digit;
 * it carries the workspace where the file belongs to one. A store that does not answer is an `UnavailableError`.
 */
export interface FileStorage {
  /** Keeps what the stream holds, whole or not at all; what was there under the key before is replaced. */
  put(key: string, content: Readable): Promise<void>;
  /** A stream of the file, which the caller must read or destroy; null when there is none. */
  open(key: string): Promise<Readable | null>;
  /** The size of the file; null when there is none. */
  stat(key: string): Promise<{ readonly bytes: number } | null>;
  /** Removes the file, and what attempts to put it that were cut off have left; one that is not there is no error. */
  remove(key: string): Promise<void>;
  /** All files below a folder, the beginning of their keys up to a slash. */
  list(folder: string): AsyncIterable<StoredFile>;
  /**
   * A URL at which whoever has it may download the file for a minute, with these headers; whether there is such a file is
   * not looked at. Null where files are reached through this platform alone.
   */
  downloadUrl(key: string, headers: FileHeaders): Promise<string | null>;
}
