import { AppError, type ErrorDetails, type ErrorKind } from './AppError';

/** A request that HTTP itself refuses, before any use case: wrong method, body too large, not JSON. */
export class RequestError extends AppError {
  constructor(
    readonly kind: ErrorKind,
    code: string,
    message: string,
    details: ErrorDetails = {},
  ) {
    super(code, message, details);
  }

  static malformedJson(): RequestError {
    return new RequestError('invalid', 'MALFORMED_JSON', 'The body is not valid JSON.');
  }

  static tooLarge(message = 'The body is over 1 MiB.'): RequestError {
    return new RequestError('too-large', 'PAYLOAD_TOO_LARGE', message);
  }

  static unsupportedMediaType(message = 'The body must be application/json.'): RequestError {
    return new RequestError('unsupported-media-type', 'UNSUPPORTED_MEDIA_TYPE', message);
  }

  static methodNotAllowed(allow: readonly string[]): RequestError {
    return new RequestError('method-not-allowed', 'METHOD_NOT_ALLOWED', 'This route has no such method.', { allow });
  }
}
