import { AppError } from './AppError';

/** Known who it is, and still no (403). */
export class ForbiddenError extends AppError {
  readonly kind = 'forbidden';

  static permission(permission: string): ForbiddenError {
    return new ForbiddenError('PERMISSION_DENIED', `This takes the permission ${permission}.`, { permission });
  }

  static escalation(message: string): ForbiddenError {
    return new ForbiddenError('ROLE_ESCALATION', message);
  }
}
