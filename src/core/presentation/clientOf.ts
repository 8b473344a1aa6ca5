import type { Request } from 'express';
import type { ClientInfo } from '../application/RequestContext';

const MAX_USER_AGENT = 300;

export const shortened = (userAgent: string | undefined): string => (userAgent ?? '').slice(0, MAX_USER_AGENT);

/** Who is at the other end, through the proxies that are trusted. */
export function clientOf(request: Request): ClientInfo {
  return { ip: request.ip ?? '', userAgent: shortened(request.headers['user-agent']) };
}
