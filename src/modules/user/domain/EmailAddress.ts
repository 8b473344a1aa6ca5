import type { Brand } from '../../../core/domain/Brand';
import { ValidationError } from '../../../core/errors/ValidationError';

/** A lower-case address, of which there is one account at most. */
export type EmailAddress = Brand<string, 'EmailAddress'>;

/**
 * The dot-atom form of RFC 5321 in ASCII, with a domain of at least two labels: what mail servers
 * accept alike everywhere, and what no look-alike character can imitate.
 */
const ADDRESS =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/** Where the addresses of closed accounts are, which nobody else may take (RFC 2606 sets `.invalid` aside). */
const CLOSED = '@deleted.invalid';

/** What stands in place of the address of a closed account. */
export const closedAddress = (id: string): EmailAddress => `deleted-${id}${CLOSED}` as EmailAddress;

export const isClosedAddress = (address: EmailAddress): boolean => address.endsWith(CLOSED);

/** @throws ValidationError unless it is an address of at most 254 characters, 64 of them before the `@`. */
export function EmailAddress(raw: string): EmailAddress {
  const address = raw.trim().toLowerCase();
  if (address.length > 254 || address.indexOf('@') > 64 || !ADDRESS.test(address) || address.endsWith(CLOSED)) {
    throw ValidationError.field('email', 'email must be a valid e-mail address.');
  }
  return address as EmailAddress;
}
