import type { Brand } from '../../../core/domain/Brand';
import { ValidationError } from '../../../core/errors/ValidationError';

/** An IANA time zone that this platform knows. */
export type Timezone = Brand<string, 'Timezone'>;

/** @throws ValidationError */
export function Timezone(raw: string): Timezone {
  try {
    return Intl.DateTimeFormat('en', { timeZone: raw }).resolvedOptions().timeZone as Timezone;
  } catch {
    throw ValidationError.field('timezone', 'timezone must be an IANA time zone.');
  }
}
