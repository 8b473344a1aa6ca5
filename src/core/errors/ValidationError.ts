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

  /**
   * @param fieldOf what an item is called in the request, by its position in the list
   * @param rule what each item must be
   * @throws ValidationError that names each item which breaks the rule
   */
  static assertEach<Item>(
    items: readonly Item[],
    fieldOf: (index: number) => string,
    rule: string,
    holds: (item: Item) => boolean,
  ): void {
    const errors = items.flatMap((item, index) =>
      holds(item) ? [] : [{ field: fieldOf(index), message: `${fieldOf(index)} must be ${rule}.` }],
    );
    if (errors.length > 0) throw ValidationError.of(errors);
  }

  /** A mailed token that is unknown, used or expired: which of these is nobody's business. */
  static token(): ValidationError {
    return new ValidationError('The token is unknown, used or expired.', {}, 'INVALID_TOKEN');
  }
}
