import { dictionary } from '@zxcvbn-ts/language-common';
import type { CommonPasswords } from '../application/PasswordPolicy';

/** The nearly 50,000 most common passwords, in lower case, from the dictionary that zxcvbn-ts maintains. */
export class ZxcvbnCommonPasswords implements CommonPasswords {
  private readonly passwords = new Set<string | number>(dictionary['passwords-common']);

  has(password: string): boolean {
    return this.passwords.has(password);
  }
}
