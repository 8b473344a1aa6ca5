import express, { type Express, type RequestHandler, type Router } from 'express';
import type { HealthCheck } from '../application/Health';
import type { Logger } from '../application/Logger';
import type { Metrics } from '../application/Metrics';
import type { PublicDocument } from '../application/PublicDocument';
import type { Refusals } from '../application/Refusals';
import type { Config } from '../config/Config';
import { NotFoundError } from '../errors/NotFoundError';
import { ApiRouter } from '../presentation/ApiRouter';
import { liveness, readiness } from '../presentation/healthRoutes';
import { measured } from '../presentation/measured';
import { metricsRoute } from '../presentation/metricsRoute';
import { apiEntry } from '../presentation/middleware/apiEntry';
import { errorHandler } from '../presentation/middleware/errorHandler';
import { requestLog } from '../presentation/middleware/requestLog';
import { openApiDocument } from '../presentation/openapi/openApiDocument';
import { publicDocuments } from '../presentation/publicDocuments';
import { readerOf, type Route } from '../presentation/Route';
import type { RouteRunner } from '../presentation/RouteRunner';
import { systemPages } from '../presentation/systemPages';

export interface AppParts {
  readonly config: Pick<Config, 'http' | 'log' | 'metricsToken'>;
  readonly version: string;
  readonly logger: Logger;
  readonly routes: readonly Route[];
  readonly routeRunner: RouteRunner;
  readonly refusals: Refusals;
  readonly metrics: Metrics;
  readonly healthChecks: readonly HealthCheck[];
  readonly isDraining: () => boolean;
  readonly documents: readonly PublicDocument[];
  /** Pages that are there outside production only. */
  readonly developmentPages: Router | null;
}

const notFound: RequestHandler = () => {
  throw new NotFoundError('ROUTE_NOT_FOUND', 'There is no such route.');
};

/** The Express application: the API first, because nearly every request is for it, then the pages around it. */
export function createApp(parts: AppParts): Express {
  const { config, logger, metrics, routes, routeRunner } = parts;
  const { apiBase, corsOrigins, trustProxy } = config.http;
  const apiRouter = new ApiRouter(apiBase);
  for (const route of routes) {
    apiRouter.add(route, measured(metrics, route, routeRunner.compile(route, readerOf(route, routes))));
  }
  const logsReads = config.log.level === 'http' || config.log.level === 'debug';

  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.set('query parser', 'simple').set('trust proxy', trustProxy);
  app.use(apiEntry(apiRouter, corsOrigins, requestLog(logger, logsReads)));
  app.use(liveness(), readiness(parts.healthChecks, parts.isDraining));
  app.use(metricsRoute(metrics, config.metricsToken));
  app.use(publicDocuments(parts.documents));
  if (parts.developmentPages) app.use(parts.developmentPages);
  app.use(systemPages(openApiDocument(routes, apiBase, parts.version)));
  app.use(notFound);
  app.use(errorHandler(logger, parts.refusals));
  return app;
}
