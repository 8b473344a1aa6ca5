import type { Brand } from '../../../core/domain/Brand';
import { ValidationError } from '../../../core/errors/ValidationError';

/** The address at which a push service takes messages for one browser; whoever knows it is that browser to us. */
export type PushEndpoint = Brand<string, 'PushEndpoint'>;

/** @throws ValidationError unless it is an https URL without credentials, of up to 1000 characters */
export function PushEndpoint(raw: string): PushEndpoint {
  const url = URL.canParse(raw) ? new URL(raw) : null;
  if (url?.protocol !== 'https:' || url.username || url.password || url.href.length > 1000) {
    throw ValidationError.field('endpoint', 'endpoint must be an https URL without credentials.');
  }
  return url.href as PushEndpoint;
}
