import type { Brand } from '../../../core/domain/Brand';
import { ValidationError } from '../../../core/errors/ValidationError';

/** What a project is called for short: 2 to 10 of A–Z and 0–9, beginning with a letter. */
export type ProjectKey = Brand<string, 'ProjectKey'>;

const MAX_LENGTH = 10;
const PATTERN = /^[A-Z][A-Z0-9]{1,9}$/;

/** @throws ValidationError */
export function ProjectKey(raw: string): ProjectKey {
  if (!PATTERN.test(raw)) {
    throw ValidationError.field('key', `key must be 2 to ${MAX_LENGTH} of A-Z and 0-9, beginning with a letter.`);
  }
  return raw as ProjectKey;
}

/** A key made from a name, which may turn out to be taken; `suffix`, of digits, tells it from the others of that name. */
export function projectKeyOf(name: string, suffix = ''): ProjectKey {
  const words = name
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter(Boolean);
  const short = words.length > 1 ? words.map((word) => word.charAt(0)).join('') : (words[0] ?? '').slice(0, 3);
  const base = /^[A-Z]./.test(short) ? short : `P${short}`;
  return ProjectKey(`${base.slice(0, MAX_LENGTH - suffix.length)}${suffix}`.padEnd(2, '1'));
}
