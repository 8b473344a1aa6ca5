import { AppError } from './AppError';

/** It contradicts what is there (409). */
export class ConflictError extends AppError {
  readonly kind = 'conflict';

  /** Whether it may go well on what is there now. */
  isStale = false;

  /** Somebody else changed it between our read and our write. */
  static stale(): ConflictError {
    const error = new ConflictError('CONFLICT', 'It was changed by someone else in the meantime; read it again.');
    error.isStale = true;
    return error;
  }
}
