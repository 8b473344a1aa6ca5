import type { Brand } from '../../../core/domain/Brand';
import { ValidationError } from '../../../core/errors/ValidationError';

/** What a workspace is called: one line of 1 to 100 characters. */
export type WorkspaceName = Brand<string, 'WorkspaceName'>;

/** @throws ValidationError */
export function WorkspaceName(raw: string): WorkspaceName {
  const name = raw.normalize('NFC').trim();
  if (name.length === 0 || name.length > 100 || /\p{Cc}/u.test(name)) {
    throw ValidationError.field('name', 'name must be 1 to 100 characters on one line.');
  }
  return name as WorkspaceName;
}
