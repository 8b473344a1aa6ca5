import type { Brand } from '../../../core/domain/Brand';
import { ValidationError } from '../../../core/errors/ValidationError';

/** An IANA time zone that this platform knows. */
export type Timezone = Brand<string, 'Timezone'>;

/** @throws ValidationError */
export function Timezone(raw: string): Timezone {
  try {
    const { timeZone } = Intl.DateTimeFormat('en', { timeZone: raw }).resolvedOptions();
    // For a zone of several names it may be an outdated one; only upper and lower case are taken from it.
    return (timeZone.toLowerCase() === raw.toLowerCase() ? timeZone : raw) as Timezone;
  } catch {
    throw ValidationError.field('timezone', 'timezone must be an IANA time zone.');
  }
}
