import type { ErrorRequestHandler } from 'express';
import type { Logger } from '../../application/Logger';
import { requestContext } from '../../application/RequestContext';
import { newId } from '../../domain/Id';
import { TooManyRequestsError } from '../../errors/TooManyRequestsError';
import { API_HEADERS } from '../securityHeaders';
import { problemHeaders, toProblem } from '../problem';
import { tellLimit } from '../tellLimit';

/** Answers every error as a problem document; logs whole what is not the caller's doing. */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, request, response, _next) => {
    const { requestId } = requestContext.getStore() ?? { requestId: newId<string>() };
    const problem = toProblem(error, request.originalUrl.split('?')[0] ?? '', requestId);
    if (problem.status >= 500) logger.error(problem.detail, { error });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (error instanceof TooManyRequestsError && error.limit) {
      tellLimit(response, error.limit, 0, error.details.retryAfter ?? 0);
    }
    response.removeHeader('ETag');
    response.set({ ...API_HEADERS, ...problemHeaders(error), 'Cache-Control': 'no-store' });
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  };
}
