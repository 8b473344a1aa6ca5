import type { Brand } from '../../../core/domain/Brand';
import { ValidationError } from '../../../core/errors/ValidationError';

/** A password that may be set: 8 to 128 characters of any kind, no composition rules (ASVS 5.0, 6.2). */
export type Password = Brand<string, 'Password'>;

/** @throws ValidationError */
export function Password(raw: string): Password {
  const { length } = [...raw];
  if (length < 8 || length > 128) {
    throw ValidationError.field('password', 'password must be 8 to 128 characters long.');
  }
  return raw as Password;
}
