import type { Brand } from '../../../core/domain/Brand';
import { ValidationError } from '../../../core/errors/ValidationError';

/** Where deliveries go: an absolute http(s) URL of at most 2,000 characters, as the WHATWG URL standard writes it. */
export type WebhookUrl = Brand<string, 'WebhookUrl'>;

const MAX_LENGTH = 2_000;

/** @throws ValidationError also for credentials, which would end up in logs of proxies, and for a fragment */
export function WebhookUrl(raw: string): WebhookUrl {
  const url = URL.canParse(raw) ? new URL(raw) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw ValidationError.field('url', 'url must be an absolute http or https URL.');
  }
  if (url.username || url.password) throw ValidationError.field('url', 'url must not hold credentials.');
  if (url.hash) throw ValidationError.field('url', 'url must not have a fragment.');
  if (url.href.length > MAX_LENGTH)
    throw ValidationError.field('url', `url must have at most ${MAX_LENGTH} characters.`);
  return url.href as WebhookUrl;
}
