import { isTagged, takesKey, type Route } from '../Route';
import { reference, type OpenApiObject } from './jsonSchema';

const text = { type: 'string' };

/** Headers of answers, as components of the document. */
export const HEADERS = {
  RequestId: { description: 'Names the request, as in the log of the platform', required: true, schema: text },
  RateLimit: { description: 'What is left of each limit that holds: `"user";r=2999;t=900`', schema: text },
  RateLimitPolicy: { description: 'The limits that hold: `"user";q=3000;w=900`', schema: text },
  RetryAfter: {
    description: 'Seconds after which to try again',
    required: true,
    schema: { type: 'integer', minimum: 0 },
  },
  ETag: {
    description: 'Tells this state of the resource from any other one; for `If-None-Match` and `If-Match`',
    required: true,
    schema: { type: 'string', pattern: '^"[^"]+"$' },
  },
  Location: {
    description: 'Where the new resource is, or where to go on',
    required: true,
    schema: { type: 'string', format: 'uri-reference' },
  },
  IdempotencyReplayed: {
    description: 'That the answer is the one that this `Idempotency-Key` had before',
    schema: { type: 'string', enum: ['true'] },
  },
  WwwAuthenticate: { description: 'How to sign in (RFC 6750)', required: true, schema: text },
};

/** What headers are called where they are sent. */
const NAMES: Readonly<Record<keyof typeof HEADERS, string>> = {
  RequestId: 'X-Request-Id',
  RateLimit: 'RateLimit',
  RateLimitPolicy: 'RateLimit-Policy',
  RetryAfter: 'Retry-After',
  ETag: 'ETag',
  Location: 'Location',
  IdempotencyReplayed: 'Idempotency-Replayed',
  WwwAuthenticate: 'WWW-Authenticate',
};

/** The headers of an answer: those that every one has, and these. */
export function headers(...own: readonly (keyof typeof HEADERS)[]): OpenApiObject {
  const all = ['RequestId', 'RateLimit', 'RateLimitPolicy', ...own] as const;
  return Object.fromEntries(all.map((name) => [NAMES[name], reference('headers', name)]));
}

/** The headers with which a route answers so. */
export function headersOf(route: Route, status: number): OpenApiObject {
  return headers(
    ...(status === 200 && isTagged(route) ? (['ETag'] as const) : []),
    ...(status === 201 || status === 302 ? (['Location'] as const) : []),
    ...(takesKey(route) ? (['IdempotencyReplayed'] as const) : []),
  );
}
