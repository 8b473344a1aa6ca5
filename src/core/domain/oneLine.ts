import { ValidationError } from '../errors/ValidationError';

/**
 * A name that people read: composed Unicode on one line, without blanks around it.
 * @param field what it is called in a request
 * @param maxLength in characters
 * @throws ValidationError when nothing is left, it is longer, or holds control characters
 */
export function oneLine(raw: string, field: string, maxLength = 100): string {
  const text = raw.normalize('NFC').trim();
  if (text.length === 0 || text.length > maxLength || /\p{Cc}/u.test(text)) {
    throw ValidationError.field(field, `${field} must be 1 to ${maxLength} characters on one line.`);
  }
  return text;
}
