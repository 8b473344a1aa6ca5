import { randomBytes } from 'node:crypto';
import { Password } from '../../src/modules/auth/domain/Password';

/** A password of 144 random bits. */
export function randomPassword(): Password {
  return Password(randomBytes(18).toString('base64url'));
}
