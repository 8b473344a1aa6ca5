import { AppError } from './AppError';

/** It existed and is over for good: an invitation that was revoked, used or has expired. */
export class GoneError extends AppError {
  readonly kind = 'gone';
}
