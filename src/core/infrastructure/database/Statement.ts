import { createHash } from 'node:crypto';

/** Before the name of a scoped read, apart from the names that pg's own queries prepare on the same connection. */
export const SCOPED = 'scoped.';

/** PostgreSQL cuts names at 63 bytes (NAMEDATALEN), silently: two that begin alike would be one statement. */
const MAX_BYTES = 63 - SCOPED.length;

/** One SQL text and the name under which each connection prepares it once. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Declares a statement; `name` is unique in the code base, `<module>.<what>`. Its hash stands for one that is too long. */
export function statement(name: string, text: string): Statement {
  const fits = Buffer.byteLength(name) <= MAX_BYTES;
  return Object.freeze({ name: fits ? name : createHash('sha256').update(name).digest('base64url'), text });
}
