import { AppError } from './AppError';

/** Something the platform depends on can't answer now (503); nothing was changed. */
export class UnavailableError extends AppError {
  readonly kind = 'unavailable';

  constructor(message = 'The service can not answer right now; try again shortly.', retryAfter = 2) {
    super('SERVICE_UNAVAILABLE', message, { retryAfter });
  }
}
