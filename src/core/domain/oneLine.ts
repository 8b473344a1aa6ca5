import { ValidationError } from '../errors/ValidationError';

const MAX_LENGTH = 100;

/**
 * A name that people read: composed Unicode on one line, without blanks around it.
 * @param field what it is called in a request
 * @throws ValidationError when nothing is left, it is over `max` characters, or holds control characters
 */
export function oneLine(raw: string, field: string, max = MAX_LENGTH): string {
  const text = raw.normalize('NFC').trim();
  if (text.length === 0 || text.length > max || /\p{Cc}/u.test(text)) {
    throw ValidationError.field(field, `${field} must be 1 to ${max} characters on one line.`);
  }
  return text;
}
