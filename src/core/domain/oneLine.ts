import { ValidationError } from '../errors/ValidationError';

const MAX_LENGTH = 100;

/** Whatever leaves a mark, so neither blanks nor what Unicode has readers ignore. */
const VISIBLE = /[^\p{Z}\p{C}\p{Default_Ignorable_Code_Point}]/u;

/** Control characters, other ends of a line, and halves of characters. */
const NOT_ON_A_LINE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;

/**
 * A name that people read: composed Unicode on one line, without blanks around it.
 * @param field what it is called in a request
 * @throws ValidationError when nothing is left to see, it is over `max` characters, or holds what no line does
 */
export function oneLine(raw: string, field: string, max = MAX_LENGTH): string {
  const text = raw.normalize('NFC').trim();
  if (!VISIBLE.test(text) || [...text].length > max || NOT_ON_A_LINE.test(text)) {
    throw ValidationError.field(field, `${field} must be 1 to ${max} characters on one line.`);
  }
  return text;
}
