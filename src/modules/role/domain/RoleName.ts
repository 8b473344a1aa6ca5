import type { Brand } from '../../../core/domain/Brand';
import { oneLine } from '../../../core/domain/oneLine';

/** What a role is called: one line of 1 to 100 characters. */
export type RoleName = Brand<string, 'RoleName'>;

/** @throws ValidationError */
export function RoleName(raw: string): RoleName {
  return oneLine(raw, 'name') as RoleName;
}
