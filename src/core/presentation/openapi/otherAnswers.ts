import { isTagged, type Route } from '../Route';
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

/** By status. */
const OTHERS: Readonly<Record<number, OtherAnswer>> = {
  304: { name: 'NotModified', description: 'It is as `If-None-Match` says', headers: ['ETag'], of: isTagged },
  412: {
    name: 'PreconditionFailed',
    description: 'It is not as `If-Match` says',
    of: ({ method }) => method !== 'get' && method !== 'post',
  },
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
