import { AppError } from './AppError';

/** Over a limit (429); `retryAfter` is in whole seconds. */
export class TooManyRequestsError extends AppError {
  readonly kind = 'too-many-requests';

  constructor(retryAfter: number, code: 'TOO_MANY_REQUESTS' | 'ACCOUNT_LOCKED' = 'TOO_MANY_REQUESTS') {
    super(code, `Too many requests; try again in ${retryAfter} s.`, { retryAfter });
  }
}
