import { AppError } from './AppError';

/** The caller's knowledge of the resource is out of date (412). */
export class PreconditionError extends AppError {
  readonly kind = 'precondition-failed';

  constructor() {
    super('PRECONDITION_FAILED', 'It was changed since you read it; read it again.');
  }
}
