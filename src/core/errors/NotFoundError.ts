import { AppError } from './AppError';

/** It does not exist, or the caller may not know that it does: the same answer for both. */
export class NotFoundError extends AppError {
  readonly kind = 'not-found';

  constructor(code: 'NOT_FOUND' | 'ROUTE_NOT_FOUND' = 'NOT_FOUND', message = 'There is no such resource.') {
    super(code, message);
  }
}
