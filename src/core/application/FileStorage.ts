import type { Readable } from 'node:stream';

/**
 * Where files lie: on this node's disk, or in a store that all nodes reach. A key is a path such as
 * `workspaces/<id>/exports/<id>.zip`, of segments of letters, digits and `. _ -` that begin with a letter or a digit;
 * it carries the workspace where the file belongs to one.
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
}
