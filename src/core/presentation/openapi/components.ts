import { PROBLEMS } from '../problem';
import type { JsonSchema } from './jsonSchema';

const PROBLEM_SCHEMA: JsonSchema = {
  type: 'object',
  description: 'RFC 9457 problem document',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'requestId', 'timestamp'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    code: { type: 'string', enum: Object.keys(PROBLEMS) },
    requestId: { type: 'string' },
    timestamp: { type: 'string', format: 'date-time' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: { field: { type: 'string' }, message: { type: 'string' } },
      },
    },
    permission: { type: 'string' },
    reason: { type: 'string', description: 'Why the permission is lacking' },
    grantableBy: { type: 'array', items: { type: 'string' }, description: 'Keys of the roles that hold it' },
    retryAfter: { type: 'integer', description: 'Seconds' },
  },
};

const PROBLEM_ANSWER = {
  description: 'What went wrong',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

function header(name: string, description: string, schema: JsonSchema = { type: 'string' }): JsonSchema {
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
  schemas: { Problem: PROBLEM_SCHEMA },
  responses: { Problem: PROBLEM_ANSWER },
  parameters: {
    ...HEADER_PARAMETERS,
    WorkspaceId: header(
      'X-Workspace-Id',
      'The workspace of the request; by default the one that the access token, or the API key, is for.',
      { type: 'string', format: 'uuid' },
    ),
  },
};
