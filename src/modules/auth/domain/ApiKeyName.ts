import type { Brand } from '../../../core/domain/Brand';
import { oneLine } from '../../../core/domain/oneLine';

/** What people call an API key, after the machine that has it: one line of 1 to 100 characters. */
export type ApiKeyName = Brand<string, 'ApiKeyName'>;

/** @throws ValidationError */
export function ApiKeyName(raw: string): ApiKeyName {
  return oneLine(raw, 'name') as ApiKeyName;
}
