import { AppError } from './AppError';

/** Well-formed, yet it contradicts the state it refers to. */
export class UnprocessableError extends AppError {
  readonly kind = 'unprocessable';
}
