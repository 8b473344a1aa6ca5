import type { Brand } from '../../../../src/core/domain/Brand';
import { oneLine } from '../../../../src/core/domain/oneLine';

/** What an entity name is called: one line of 1 to 200 characters. */
export type EntityNameTitle = Brand<string, 'EntityNameTitle'>;

const MAX_LENGTH = 200;

/** @throws ValidationError */
export function EntityNameTitle(raw: string): EntityNameTitle {
  return oneLine(raw, 'title', MAX_LENGTH) as EntityNameTitle;
}
