import { AppError } from './AppError';

/** The caller has to say which state of the resource the change is meant for (428, RFC 6585, section 3). */
export class PreconditionRequiredError extends AppError {
  readonly kind = 'precondition-required';

  constructor() {
    super('PRECONDITION_REQUIRED', 'Say in If-Match which state of the resource you change.');
  }
}
