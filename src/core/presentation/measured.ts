import type { Metrics } from '../application/Metrics';
import type { Route } from './Route';
import type { RouteHandler } from './RouteRunner';

/** The handler, with each of its requests counted once it is over; one that was broken off has the status it had so far. */
export function measured(metrics: Metrics, { method, path }: Route, handler: RouteHandler): RouteHandler {
  const name = method.toUpperCase();
  return (request, response, params) => {
    const startedAt = performance.now();
    response.on('close', () => {
      metrics.requestEnded(name, path, response.statusCode, (performance.now() - startedAt) / 1000);
    });
    return handler(request, response, params);
  };
}
