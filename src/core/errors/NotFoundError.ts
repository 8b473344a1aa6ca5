import { AppError, type ErrorDetails } from './AppError';

/** It does not exist, or the caller may not know that it does: the same answer for both. */
export class NotFoundError extends AppError {
  readonly kind = 'not-found';

  constructor(
    code: 'NOT_FOUND' | 'ROUTE_NOT_FOUND' = 'NOT_FOUND',
    message = 'There is no such resource.',
    details: ErrorDetails = {},
  ) {
    super(code, message, details);
  }

  /** @param field of the request, which refers to it */
  static of(field: string): NotFoundError {
    const errors = [{ field, message: `${field} refers to nothing that is there.` }];
    return new NotFoundError('NOT_FOUND', `There is no such resource: ${field}.`, { errors });
  }
}
