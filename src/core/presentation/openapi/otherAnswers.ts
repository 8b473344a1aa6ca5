import { isInWorkspace, isTagged, takesKey, type Route } from '../Route';
import type { HEADERS } from './headers';
import { headers } from './headers';
import { reference, type OpenApiObject } from './jsonSchema';

/** What an operation may answer besides what it declares. */
interface OtherAnswer {
  readonly name: string;
  readonly description: string;
  readonly headers?: readonly (keyof typeof HEADERS)[];
  /** Whether the declaration of a route implies it. */
  readonly of: (route: Route) => boolean;
}

const PROBLEM = { 'application/problem+json': { schema: reference('schemas', 'Problem') } };

const isPublic = ({ access }: Route): boolean => access.kind === 'anyone';
const hasBody = ({ body, upload }: Route): boolean => (body ?? upload) !== undefined;

/** By status. */
const OTHERS: Readonly<Record<number, OtherAnswer>> = {
  304: { name: 'NotModified', description: 'It is as `If-None-Match` says', headers: ['ETag'], of: isTagged },
  400: {
    name: 'Invalid',
    description: 'A parameter, header or body member is missing, unknown or malformed',
    of: () => true,
  },
  401: {
    name: 'Unauthenticated',
    description: 'Not signed in, or no longer',
    headers: ['WwwAuthenticate'],
    of: (route) => !isPublic(route),
  },
  403: { name: 'Denied', description: 'Signed in, and not allowed to', of: (route) => !isPublic(route) },
  404: {
    name: 'NotFound',
    description: 'There is no such resource or workspace, or it is not yours to see',
    of: (route) => route.params !== undefined || isInWorkspace(route),
  },
  409: {
    name: 'Conflict',
    description: 'It is at odds with what is there, or the first request with this `Idempotency-Key` is still running',
    of: takesKey,
  },
  412: {
    name: 'PreconditionFailed',
    description: 'It is not as `If-Match` says',
    of: ({ method }) => method !== 'get' && method !== 'post',
  },
  413: { name: 'TooLarge', description: 'The body is over the limit', of: hasBody },
  415: { name: 'UnsupportedMediaType', description: 'The body is of another media type', of: hasBody },
  422: {
    name: 'Unprocessable',
    description: 'It can not be done with these values, or this `Idempotency-Key` came with another request before',
    of: takesKey,
  },
  428: {
    name: 'PreconditionRequired',
    description: 'It has no `If-Match`, and the platform is set to ask for it',
    of: ({ requiresIfMatch = false }) => requiresIfMatch,
  },
  429: { name: 'TooMany', description: 'Too many requests', headers: ['RetryAfter'], of: () => true },
  503: { name: 'Unavailable', description: 'Not right now', headers: ['RetryAfter'], of: () => true },
};

/** Answers that operations refer to. */
export const RESPONSES: OpenApiObject = {
  Problem: { description: 'What went wrong', headers: headers(), content: PROBLEM },
  ...Object.fromEntries(
    Object.entries(OTHERS).map(([status, { name, description, headers: own = [] }]) => [
      name,
      { description, headers: headers(...own), ...(Number(status) >= 400 && { content: PROBLEM }) },
    ]),
  ),
};

/** What a route may answer besides what it declares, by status; whatever else it refuses is a problem too. */
export function otherAnswers(route: Route): OpenApiObject {
  const implied = Object.entries(OTHERS).filter(([, { of }]) => of(route));
  const references = implied.map(([status, { name }]) => [status, reference('responses', name)]);
  return Object.fromEntries([...references, ['default', reference('responses', 'Problem')]]) as OpenApiObject;
}
