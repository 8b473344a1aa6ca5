import { HEADERS } from './headers';
import type { JsonSchema, OpenApiObject } from './jsonSchema';
import { RESPONSES } from './otherAnswers';
import { SCHEMAS } from './schemas';

function header(name: string, description: string, schema: JsonSchema = { type: 'string' }): OpenApiObject {
  return { name, in: 'header', required: false, description, schema };
}

const HEADER_PARAMETERS = {
  IdempotencyKey: header(
    'Idempotency-Key',
    'Makes the request repeatable for 24 hours: the effect happens once, and the first answer is given again.',
    { type: 'string', minLength: 1, maxLength: 255 },
  ),
  CsrfToken: header(
    'X-CSRF-Token',
    'From `/auth/csrf-token`. Needed, beside an allowed `Origin`, when the session comes by cookie.',
  ),
  IfMatch: header(
    'If-Match',
    'Changes the resource only while it has this ETag, or is there at all with `*`; 412 otherwise.',
  ),
  IfNoneMatch: header('If-None-Match', 'Answers 304 while the resource has this ETag.'),
};

/** What operations refer to. */
export const COMPONENTS = {
  securitySchemes: {
    bearer: { type: 'http', scheme: 'bearer', description: 'An access token, or an API key' },
    cookie: {
      type: 'apiKey',
      in: 'cookie',
      name: '__Host-atrium_access',
      description: 'For browsers: set by a sign-in with `"transport": "cookie"`. Outside production without `__Host-`.',
    },
  },
  schemas: SCHEMAS,
  responses: RESPONSES,
  headers: HEADERS,
  parameters: {
    ...HEADER_PARAMETERS,
    WorkspaceId: header(
      'X-Workspace-Id',
      'The workspace of the request; by default the one that the access token, or the API key, is for.',
      { type: 'string', format: 'uuid' },
    ),
  },
};
