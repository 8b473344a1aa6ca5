import type { Brand } from '../../../core/domain/Brand';
import { ValidationError } from '../../../core/errors/ValidationError';

/** Red, green and blue as CSS writes them: `#` and six hexadecimal digits in lower case. */
export type Color = Brand<string, 'Color'>;

/** @throws ValidationError */
export function Color(raw: string): Color {
  if (!/^#[0-9a-f]{6}$/i.test(raw)) throw ValidationError.field('color', 'color must be # and six hexadecimal digits.');
  return raw.toLowerCase() as Color;
}
