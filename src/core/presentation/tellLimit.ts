import type { Response } from 'express';
import type { RateLimit } from '../application/RateLimiter';

/**
 * Tells of a limit in the headers `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers). Both are
 * lists: a request that several limits hold for has an item of each, under its own name, in both.
 */
export function tellLimit(
  response: Response,
  { name, max, windowMs }: RateLimit,
  remaining: number,
  seconds: number,
): void {
  addItem(response, 'RateLimit-Policy', `"${name}";q=${max};w=${Math.ceil(windowMs / 1000)}`);
  addItem(response, 'RateLimit', `"${name}";r=${remaining};t=${seconds}`);
}

/** Adds to a header that is a list (RFC 9651, section 3.1). */
function addItem(response: Response, header: string, item: string): void {
  const items = response.get(header);
  response.setHeader(header, items === undefined ? item : `${items}, ${item}`);
}
