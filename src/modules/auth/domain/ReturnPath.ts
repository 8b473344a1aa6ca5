import type { Brand } from '../../../core/domain/Brand';
import { ValidationError } from '../../../core/errors/ValidationError';

/** Where to go on once signed in: a path below the base of the front end, encoded as URLs are. */
export type ReturnPath = Brand<string, 'ReturnPath'>;

const MAX_LENGTH = 1000;
/** Stands for the base, whatever that is. */
const BASE = 'https://front.invalid/base';

/** @throws ValidationError for what could lead anywhere else, e.g. `//evil.example`, `/\evil.example` or `/../` */
export function ReturnPath(raw: string): ReturnPath {
  const url = /^\/(?!\/)[^\\\p{Cc}]*$/u.test(raw) ? new URL(BASE + raw) : null;
  const path = url?.pathname.startsWith(new URL(`${BASE}/`).pathname) ? url.href.slice(BASE.length) : '';
  if (path === '' || path.length > MAX_LENGTH) {
    throw ValidationError.field(
      'returnTo',
      `returnTo must be a path of at most ${MAX_LENGTH} characters, such as /tasks.`,
    );
  }
  return path as ReturnPath;
}
