import { AppError, type ErrorKind } from '../errors/AppError';

/** The one table from the kind of a refusal to its HTTP status. */
export const STATUS_OF_KIND: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  gone: 410,
  'precondition-failed': 412,
  'precondition-required': 428,
  'too-large': 413,
  'unsupported-media-type': 415,
  unprocessable: 422,
  'too-many-requests': 429,
  unavailable: 503,
};

/** Every code that an answer can carry: what it means, for the page that its `type` leads to. */
export const PROBLEMS = {
  VALIDATION_ERROR: [
    'Invalid request',
    'A parameter, header or body member is missing, unknown or malformed; `errors` names each.',
  ],
  MALFORMED_JSON: ['Malformed JSON', 'The body is not a JSON document.'],
  WORKSPACE_REQUIRED: [
    'Workspace required',
    'Name the workspace in the header X-Workspace-Id, or use a token issued by its switch route.',
  ],
  INVALID_CURSOR: ['Invalid cursor', 'The cursor was not issued for this list, workspace, filter and order.'],
  INVALID_TOKEN: [
    'Invalid token',
    'The mailed token, or the sign-in at a provider, is unknown, used or expired; start anew.',
  ],
  UNAUTHENTICATED: ['Not signed in', 'Send a valid access token or API key as `Authorization: Bearer …`.'],
  INVALID_CREDENTIALS: ['Wrong credentials', 'The e-mail address and the password do not belong together.'],
  TOKEN_EXPIRED: [
    'Token expired',
    'Ask for a new access token with the refresh token; an expired API key is replaced by a new one.',
  ],
  TOKEN_REUSED: [
    'Refresh token reused',
    'A spent refresh token was presented again, so the whole session was ended. Sign in again.',
  ],
  SESSION_REVOKED: ['Session ended', 'The session was signed out or revoked, so sign in again; or the API key was.'],
  MFA_INVALID: ['Wrong code', 'The code of the second factor is wrong, was used before, or its sign-in has expired.'],
  PERMISSION_DENIED: [
    'Permission denied',
    'None of your roles in this workspace holds `permission`; those in `grantableBy` do. Or it takes a person and not an ' +
      'API key, or is the platform’s alone: its administration, and its built-in roles.',
  ],
  EMAIL_NOT_VERIFIED: ['E-mail address not verified', 'Follow the link in the verification mail first.'],
  EMAIL_MISMATCH: [
    'Invited under another address',
    'The invitation is for another e-mail address than the one you signed in with.',
  ],
  ACCOUNT_INACTIVE: ['Account inactive', 'The account was deactivated; turn to an administrator.'],
  ACCOUNT_BANNED: ['Account banned', 'The account was banned; turn to an administrator.'],
  CSRF_FAILED: [
    'Cross-site request',
    'A change by cookie needs an allowed `Origin`, and in X-CSRF-Token what `/auth/csrf-token` answers this session.',
  ],
  WORKSPACE_SUSPENDED: [
    'Workspace suspended',
    'The platform has suspended this workspace; nobody gets in until it is resumed.',
  ],
  ROLE_ESCALATION: [
    'Beyond your own rights',
    'Nobody grants what they do not hold themselves, and only an owner touches an owner.',
  ],
  NOT_FOUND: ['Not found', 'There is no such resource, or it is not yours to see.'],
  ROUTE_NOT_FOUND: ['No such route', 'See /docs for the routes there are.'],
  METHOD_NOT_ALLOWED: ['Method not allowed', 'The header `Allow` lists the methods of this route.'],
  EMAIL_TAKEN: ['E-mail address taken', 'An account with this address exists; sign in, or reset its password.'],
  SLUG_TAKEN: ['Slug taken', 'Another workspace has this slug; choose another one.'],
  ALREADY_MEMBER: ['Already a member', 'The person is a member of this workspace.'],
  LAST_OWNER: ['Last owner', 'A workspace always has at least one owner; make somebody else an owner first.'],
  ROLE_KEY_TAKEN: ['Role key taken', 'Another role of this workspace has this key; choose another one.'],
  PROJECT_KEY_TAKEN: ['Project key taken', 'Another project of this workspace has this key; choose another one.'],
  LABEL_NAME_TAKEN: ['Label name taken', 'Another label of this workspace has this name; choose another one.'],
  ROLE_IN_USE: ['Role in use', 'Somebody has this role; take it from all who have it first.'],
  CONFLICT: ['Conflict', 'It was changed in the meantime; read it again.'],
  IDEMPOTENCY_IN_PROGRESS: [
    'Request in progress',
    'The first request with this Idempotency-Key is still running; repeat it in a moment.',
  ],
  INVITATION_GONE: ['Invitation gone', 'The invitation was revoked, used, or has expired.'],
  PRECONDITION_FAILED: ['Precondition failed', 'The resource is not as `If-Match` says; read it again.'],
  PRECONDITION_REQUIRED: [
    'Precondition required',
    'Say in `If-Match` which state of the resource you change: the `ETag` of its GET.',
  ],
  PAYLOAD_TOO_LARGE: ['Payload too large', 'The body is over the limit.'],
  QUOTA_EXCEEDED: [
    'No room left',
    'The files of the workspace take as much as they may together; delete some, or have the limit raised.',
  ],
  UNSUPPORTED_MEDIA_TYPE: [
    'Unsupported media type',
    'Send the body as `application/json` in UTF-8, or a file as what the route takes.',
  ],
  IDEMPOTENCY_MISMATCH: [
    'Key used for another request',
    'This Idempotency-Key came with another body before; use a new key for a new request.',
  ],
  ACCOUNT_LOCKED: [
    'Account locked for a while',
    'Too many sign-ins at this address failed; wait for the seconds that `Retry-After` tells, or reset the password.',
  ],
  NOT_A_MEMBER: ['Not a member', 'The person is not an active member of this workspace.'],
  INVALID_PARENT: [
    'Not a parent',
    'Tasks have parts one level deep: a task is neither a part of itself, nor of a part, nor one while it has parts.',
  ],
  PASSWORD_BREACHED: ['Known password', 'The password is among those that are tried first; choose another one.'],
  WEBHOOK_URL_REFUSED: [
    'Address refused',
    'The URL leads to a loopback, private or otherwise internal address; a webhook’s must lead to a public one.',
  ],
  TOO_MANY_REQUESTS: ['Too many requests', 'Wait for the seconds that `Retry-After` tells.'],
  INTERNAL_ERROR: ['Internal error', 'The server failed; its log holds the cause under `requestId`.'],
  SERVICE_UNAVAILABLE: ['Service unavailable', 'Nothing was changed; try again after `Retry-After` seconds.'],
} as const satisfies Record<string, readonly [title: string, explanation: string]>;

export type ProblemCode = keyof typeof PROBLEMS;

/** A problem document (RFC 9457), with the members of the contract. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly requestId: string;
  readonly timestamp: string;
  readonly [extension: string]: unknown;
}

export function problemPath(code: string): string {
  return `/problems/${code.toLowerCase().replaceAll('_', '-')}`;
}

/** What an error tells its caller. Anything but an `AppError` tells that something failed, and nothing of the cause. */
export function toProblem(error: unknown, instance: string, requestId: string): Problem {
  const known = error instanceof AppError ? error : undefined;
  const code = known?.code ?? 'INTERNAL_ERROR';
  const { allow, ...details } = known?.details ?? {};
  return {
    type: problemPath(code),
    title: PROBLEMS[code as ProblemCode]?.[0] ?? code,
    status: known ? STATUS_OF_KIND[known.kind] : 500,
    detail: known?.message ?? 'Something went wrong on our side.',
    instance,
    code,
    requestId,
    timestamp: new Date().toISOString(),
    ...details,
  };
}

/** The headers that go with a refusal. */
export function problemHeaders(error: unknown): Record<string, string> {
  if (!(error instanceof AppError)) return {};
  const { retryAfter, allow } = error.details;
  return {
    ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
    ...(allow && { Allow: allow.join(', ') }),
    // RFC 6750, section 3: a token that was presented and refused is told apart from none.
    ...(error.kind === 'unauthenticated' && {
      'WWW-Authenticate': `Bearer realm="atrium"${/^(TOKEN|SESSION)/.test(error.code) ? ', error="invalid_token"' : ''}`,
    }),
  };
}
