import { randomInt } from 'node:crypto';
import { tokenHash } from '../../../core/domain/opaqueToken';

/** Without what is easily mistaken for something else. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const LENGTH = 10;
const COUNT = 10;

/** Ten codes of about 50 bits each, written as `abcde-fghjk`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, () => {
    const letters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    return `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`;
  });
}

/** What is stored; case, blanks and the hyphen do not matter. */
export function recoveryCodeHash(code: string): string {
  return tokenHash(code.toLowerCase().replaceAll(/[\s-]/g, ''));
}
