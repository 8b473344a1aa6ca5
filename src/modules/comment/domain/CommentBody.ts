import type { Brand } from '../../../core/domain/Brand';
import { ValidationError } from '../../../core/errors/ValidationError';

/** Markdown, kept as it was written: blanks at the beginning of a line mean something there. */
export type CommentBody = Brand<string, 'CommentBody'>;

export const MAX_BODY = 5_000;

/** @throws ValidationError when it is over 5,000 characters, or nothing can be seen of it */
export function CommentBody(raw: string): CommentBody {
  if (raw.length > MAX_BODY || raw.trim() === '') {
    throw ValidationError.field('body', `body must be 1 to ${MAX_BODY} characters, and not blank.`);
  }
  return raw as CommentBody;
}
