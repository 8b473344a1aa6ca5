import type { AppError } from '../../../core/errors/AppError';
import { ForbiddenError } from '../../../core/errors/ForbiddenError';
import { UnavailableError } from '../../../core/errors/UnavailableError';
import { ValidationError } from '../../../core/errors/ValidationError';

/** Seconds after which it may be worth to try again. */
const RETRY_AFTER = 10;

/** What openid-client says when the answer is not the one to this sign-in: its state, issuer, nonce or signature. */
const FOREIGN = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
]);

/** The provider can't be reached, or refuses us rather than the person: its operator has to know why, not the caller. */
export function unavailable(cause: unknown): UnavailableError {
  const error = new UnavailableError('The identity provider can not answer right now; try again shortly.', RETRY_AFTER);
  return Object.assign(error, { cause });
}

/** What an error of openid-client means for the person who came back from a provider. */
export function refusalOf(thrown: unknown): AppError {
  const { code = '', error: reason } = thrown as { code?: string; error?: string };
  if (code === 'OAUTH_AUTHORIZATION_RESPONSE_ERROR' && reason === 'access_denied') {
    return new ForbiddenError('PERMISSION_DENIED', 'The sign-in was cancelled at the provider.');
  }
  // The code was used, has expired, or belongs to another client, browser or redirection (RFC 6749, section 5.2).
  const spent = code === 'OAUTH_RESPONSE_BODY_ERROR' && reason === 'invalid_grant';
  if (!spent && !FOREIGN.has(code)) return unavailable(thrown);
  const refusal = new ValidationError(
    'The answer of the provider is not the one to this sign-in.',
    {},
    'INVALID_TOKEN',
  );
  return Object.assign(refusal, { cause: thrown });
}
