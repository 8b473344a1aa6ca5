/** What kind of refusal it is; presentation maps each kind to one HTTP status. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'method-not-allowed'
  | 'conflict'
  | 'gone'
  | 'precondition-failed'
  | 'precondition-required'
  | 'too-large'
  | 'unsupported-media-type'
  | 'unprocessable'
  | 'too-many-requests'
  | 'unavailable';

export interface FieldError {
  /** Dotted path of the member, header or parameter. */
  readonly field: string;
  readonly message: string;
}

/** What a refusal may tell besides its code: these become members of the problem document. */
export interface ErrorDetails {
  readonly errors?: readonly FieldError[];
  readonly permission?: string;
  /** Why a permission is lacking, in a word that stays the same. */
  readonly reason?: string;
  /** The keys of the roles that hold it. */
  readonly grantableBy?: readonly string[];
  /** Seconds. */
  readonly retryAfter?: number;
  readonly allow?: readonly string[];
}

/** A refusal that the caller may read. Everything else that is thrown is a defect, answered opaquely. */
export abstract class AppError extends Error {
  abstract readonly kind: ErrorKind;

  constructor(
    /** Stable, UPPER_SNAKE. */
    readonly code: string,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
    this.name = new.target.name;
  }
}
