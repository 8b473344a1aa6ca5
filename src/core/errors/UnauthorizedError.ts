import { AppError } from './AppError';

type Code =
  'UNAUTHENTICATED' | 'INVALID_CREDENTIALS' | 'TOKEN_EXPIRED' | 'TOKEN_REUSED' | 'SESSION_REVOKED' | 'MFA_INVALID';

/** No credentials, or bad ones (401). */
export class UnauthorizedError extends AppError {
  readonly kind = 'unauthenticated';

  constructor(code: Code = 'UNAUTHENTICATED', message = 'Sign in to do this.') {
    super(code, message);
  }
}
