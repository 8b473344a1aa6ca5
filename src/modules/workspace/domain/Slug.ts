import type { Brand } from '../../../core/domain/Brand';
import { hyphenated } from '../../../core/domain/hyphenated';
import { ValidationError } from '../../../core/errors/ValidationError';

/** A workspace's name in addresses: 3 to 50 of a–z, 0–9 and single inner hyphens. */
export type Slug = Brand<string, 'Slug'>;

const PATTERN = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** @throws ValidationError */
export function Slug(raw: string): Slug {
  if (raw.length < 3 || raw.length > 50 || !PATTERN.test(raw)) {
    throw ValidationError.field('slug', 'slug must be 3 to 50 of a-z, 0-9 and hyphens between them.');
  }
  return raw as Slug;
}

/** A slug made from a name, which may turn out to be taken; `suffix` tells it from the others of that name. */
export function slugOf(name: string, suffix = ''): Slug {
  const base = hyphenated(name)
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, '');
  const slug = [base, suffix].filter(Boolean).join('-');
  return Slug(slug.length < 3 ? `workspace-${slug}`.replace(/-$/, '') : slug);
}
