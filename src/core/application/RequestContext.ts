import { AsyncLocalStorage } from 'node:async_hooks';

/** Where a request comes from, as far as the network tells. */
export interface ClientInfo {
  readonly ip: string;
  /** At most 300 characters. */
  readonly userAgent: string;
}

/** What identifies a request in logs and answers. */
export interface RequestIdentity {
  readonly requestId: string;
  /** W3C trace context: the trace this request belongs to (32 hex digits). */
  readonly traceId: string;
}

/** What is known of a request, for everything that runs on its behalf. */
export interface RequestContext extends RequestIdentity {
  /** The way in. */
  readonly via: 'http' | 'socket' | 'job';
  /**
   * A job has none. Values, and nothing that leads to the request: whatever is begun on its behalf, a timer for instance,
   * holds on to its context for as long as it lasts.
   */
  readonly client?: ClientInfo;
}

export const requestContext = new AsyncLocalStorage<RequestContext>();

/** What belongs to every line of the log that is written on behalf of a request. */
export function logContext(): RequestIdentity | undefined {
  const context = requestContext.getStore();
  return context && { requestId: context.requestId, traceId: context.traceId };
}
