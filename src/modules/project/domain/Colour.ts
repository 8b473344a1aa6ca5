import type { Brand } from '../../../core/domain/Brand';
import { ValidationError } from '../../../core/errors/ValidationError';

/** Red, green and blue as CSS writes them: `#` and six hexadecimal digits in lower case. */
export type Colour = Brand<string, 'Colour'>;

/** @throws ValidationError */
export function Colour(raw: string): Colour {
  if (!/^#[0-9a-f]{6}$/i.test(raw))
    throw ValidationError.field('colour', 'colour must be # and six hexadecimal digits.');
  return raw.toLowerCase() as Colour;
}
