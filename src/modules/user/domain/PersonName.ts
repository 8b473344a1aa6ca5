import type { Brand } from '../../../core/domain/Brand';
import { oneLine } from '../../../core/domain/oneLine';

/** What a person wants to be called: one line of 1 to 100 characters. */
export type PersonName = Brand<string, 'PersonName'>;

/** @throws ValidationError when nothing visible is left, it is too long, or holds control characters. */
export function PersonName(raw: string): PersonName {
  return oneLine(raw, 'name') as PersonName;
}
