import { AsyncLocalStorage } from 'node:async_hooks';

/** What identifies a request in logs and answers, for everything that runs on its behalf. */
export interface RequestContext {
  readonly requestId: string;
  /** W3C trace context: the trace this request belongs to (32 hex digits). */
  readonly traceId: string;
}

export const requestContext = new AsyncLocalStorage<RequestContext>();
