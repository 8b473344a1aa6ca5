import { AppError } from './AppError';

/** It contradicts what is there (409). */
export class ConflictError extends AppError {
  readonly kind = 'conflict';

  /** Somebody else changed it between our read and our write. */
  static stale(): ConflictError {
    return new ConflictError('CONFLICT', 'It was changed by someone else in the meantime; read it again.');
  }
}
