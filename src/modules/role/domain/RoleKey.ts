import type { Brand } from '../../../core/domain/Brand';
import { hyphenated } from '../../../core/domain/hyphenated';
import { ValidationError } from '../../../core/errors/ValidationError';

/** What a role is called in requests and events, for good: 1 to 64 of a–z, 0–9 and hyphens, a letter first. */
export type RoleKey = Brand<string, 'RoleKey'>;

const PATTERN = /^[a-z][a-z0-9-]{0,63}$/;
const FROM_NAME_MAX = 50;

/** @throws ValidationError */
export function RoleKey(raw: string): RoleKey {
  if (!PATTERN.test(raw)) {
    throw ValidationError.field('key', 'key must be 1 to 64 of a-z, 0-9 and hyphens, and begin with a letter.');
  }
  return raw as RoleKey;
}

/** A key made from a name: `Support Team` becomes `support-team`. What names nothing in a–z becomes `role`. */
export function roleKeyOf(name: string): RoleKey {
  const base = hyphenated(name).replace(/^-+/, '').slice(0, FROM_NAME_MAX).replace(/-+$/, '');
  return RoleKey(/^[a-z]/.test(base) ? base : ['role', base].filter(Boolean).join('-'));
}
