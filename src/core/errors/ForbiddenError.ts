import { AppError } from './AppError';

/** Known who it is, and still no (403). */
export class ForbiddenError extends AppError {
  readonly kind = 'forbidden';

  static escalation(message: string): ForbiddenError {
    return new ForbiddenError('ROLE_ESCALATION', message);
  }
}
