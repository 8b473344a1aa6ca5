import cors from 'cors';
import type { Request, RequestHandler, Response } from 'express';
import { requestContext } from '../../application/RequestContext';
import type { ApiRouter } from '../ApiRouter';
import { clientOf } from '../clientOf';
import { API_HEADERS } from '../securityHeaders';
import { contextOf } from '../trace';

const HEADERS = Object.entries(API_HEADERS) as [string, string][];

const EXPOSED = [
  'ETag',
  'Location',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'X-Request-Id',
  'Idempotency-Replayed',
];

function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}

/** The way in: gives every request its identity, and serves those that are the API's. */
export function apiEntry(
  apiRouter: ApiRouter,
  corsOrigins: readonly string[],
  logRequest: (request: Request, response: Response) => void,
): RequestHandler {
  const crossOrigin = cors({ origin: [...corsOrigins], credentials: true, exposedHeaders: EXPOSED, maxAge: 600 });

  return (request, response, next) => {
    const { requestId, traceId } = contextOf(request.headers);
    const context = { requestId, traceId, via: 'http', client: clientOf(request) } as const;
    response.setHeader('X-Request-Id', requestId);
    requestContext.run(context, () => {
      logRequest(request, response);
      const path = pathOf(request.url);
      if (!apiRouter.owns(path)) {
        next();
        return;
      }
      for (const [name, value] of HEADERS) response.setHeader(name, value);
      const serve = (error?: unknown): void => {
        if (error) next(error);
        else apiRouter.serve(request, response, path).catch(next);
      };
      // A request that names no origin does not come from a page, and needs none of it.
      if (request.headers.origin === undefined) serve();
      else crossOrigin(request, response, serve);
    });
  };
}
