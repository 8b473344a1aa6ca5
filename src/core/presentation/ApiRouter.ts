import type { Request, Response } from 'express';
import findMyWay, { type HTTPMethod } from 'find-my-way';
import { NotFoundError } from '../errors/NotFoundError';
import { RequestError } from '../errors/RequestError';
import type { Route } from './Route';
import type { RouteHandler } from './RouteRunner';

const METHODS: readonly HTTPMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** All routes of the API behind one mount: found by a radix tree, not one after the other. */
export class ApiRouter {
  private readonly tree = findMyWay({ caseSensitive: true, ignoreTrailingSlash: false, ignoreDuplicateSlashes: false });

  constructor(private readonly apiBase: string) {}

  add(route: Route, handler: RouteHandler): void {
    this.tree.on(route.method.toUpperCase() as HTTPMethod, `${this.apiBase}${route.path}`, () => {}, handler);
  }

  /** Whether a request is the API's to answer. */
  owns(path: string): boolean {
    return path.startsWith(`${this.apiBase}/`) || path === this.apiBase;
  }

  /**
   * Serves a request.
   * @throws NotFoundError `ROUTE_NOT_FOUND`, RequestError `METHOD_NOT_ALLOWED`, and what the route refuses
   */
  serve(request: Request, response: Response, path: string): Promise<void> {
    const method = (request.method === 'HEAD' ? 'GET' : request.method) as HTTPMethod;
    const found = this.tree.find(method, path);
    if (!found) return Promise.reject(this.refusal(path));
    return (found.store as RouteHandler)(request, response, found.params);
  }

  private refusal(path: string): Error {
    const allowed = METHODS.filter((method) => this.tree.find(method, path));
    return allowed.length > 0
      ? RequestError.methodNotAllowed(allowed)
      : new NotFoundError('ROUTE_NOT_FOUND', 'There is no such route.');
  }
}
