import type { Brand } from '../../../core/domain/Brand';
import { ValidationError } from '../../../core/errors/ValidationError';

/** What a person wants to be called: one line of 1 to 100 characters. */
export type PersonName = Brand<string, 'PersonName'>;

/** @throws ValidationError when nothing visible is left, it is too long, or holds control characters. */
export function PersonName(raw: string): PersonName {
  const name = raw.normalize('NFC').trim();
  if (name.length === 0 || name.length > 100 || /\p{Cc}/u.test(name)) {
    throw ValidationError.field('name', 'name must be 1 to 100 characters on one line.');
  }
  return name as PersonName;
}
