import { AppError, type ErrorDetails, type FieldError } from './AppError';

/** The request itself is wrong; `errors` names each field. */
export class ValidationError extends AppError {
  readonly kind = 'invalid';

  constructor(message: string, details: ErrorDetails = {}, code = 'VALIDATION_ERROR') {
    super(code, message, details);
  }

  static of(errors: readonly FieldError[]): ValidationError {
    const fields = errors.map(({ field }) => field).join(', ');
    return new ValidationError(`The request is not valid: ${fields}.`, { errors });
  }

  static field(field: string, message: string): ValidationError {
    return ValidationError.of([{ field, message }]);
  }

  /** A mailed token that is unknown, used or expired: which of these is nobody's business. */
  static token(): ValidationError {
    return new ValidationError('The token is unknown, used or expired.', {}, 'INVALID_TOKEN');
  }
}
