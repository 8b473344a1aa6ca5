import { AppError } from './AppError';

/** A limit that only its refusal tells of: how much of what was allowed in how many milliseconds. */
export interface ExceededLimit {
  readonly name: string;
  readonly max: number;
  readonly windowMs: number;
}

/** Over a limit (429); `retryAfter` is in whole seconds. */
export class TooManyRequestsError extends AppError {
  readonly kind = 'too-many-requests';

  constructor(
    retryAfter: number,
    code: 'TOO_MANY_REQUESTS' | 'ACCOUNT_LOCKED' = 'TOO_MANY_REQUESTS',
    /** Null where the headers have told of it already. */
    readonly limit: ExceededLimit | null = null,
  ) {
    super(code, `Too many requests; try again in ${retryAfter} s.`, { retryAfter });
  }
}
