import type { Request, Response } from 'express';
import type { Logger } from '../../application/Logger';

/**
 * Writes one line per request when it is over. Reads that went well are logged at level `http`, below the default:
 * they are most of the traffic and change nothing.
 */
export function requestLog(logger: Logger, logsReads: boolean): (request: Request, response: Response) => void {
  return (request, response) => {
    if (!logsReads && request.method === 'GET') {
      response.on('finish', () => {
        if (response.statusCode >= 400) write(request, response);
      });
      return;
    }
    const startedAt = performance.now();
    response.on('close', () => write(request, response, Math.round(performance.now() - startedAt)));
  };

  function write(request: Request, response: Response, ms?: number): void {
    const { method, originalUrl } = request;
    const { statusCode: status, writableFinished } = response;
    const level = method === 'GET' && status < 400 ? 'http' : 'info';
    logger[level](`${method} ${originalUrl.split('?')[0]}`, {
      status,
      ...(ms !== undefined && { ms }),
      ...(!writableFinished && { aborted: true }),
    });
  }
}
