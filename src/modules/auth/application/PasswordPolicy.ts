import { UnprocessableError } from '../../../core/errors/UnprocessableError';
import { ValidationError } from '../../../core/errors/ValidationError';
import type { Password } from '../domain/Password';

/** Passwords that everybody knows. */
export interface CommonPasswords {
  has(password: string): boolean;
}

/** Refuses the passwords that are tried first (ASVS 5.0, 6.2.4 and 6.2.11). */
export class PasswordPolicy {
  constructor(private readonly commonPasswords: CommonPasswords) {}

  /**
   * @param account whose password it is to be
   * @param field what the password is called in the request
   * @throws ValidationError, UnprocessableError `PASSWORD_BREACHED`
   */
  assertAcceptable(password: Password, { email, name }: { email: string; name: string }, field: string): void {
    const lower = password.toLowerCase();
    if ([email, email.split('@')[0], name].some((known) => known?.toLowerCase() === lower)) {
      throw ValidationError.field(field, `${field} must not be your e-mail address or name.`);
    }
    if (this.commonPasswords.has(lower)) {
      throw new UnprocessableError('PASSWORD_BREACHED', 'This password is among the most common ones; choose another.');
    }
  }
}
