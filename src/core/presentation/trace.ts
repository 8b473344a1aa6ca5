import type { IncomingHttpHeaders } from 'node:http';
import type { RequestIdentity } from '../application/RequestContext';
import { newId } from '../domain/Id';

const REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;
/** W3C Trace Context, section 3.2: version, trace id, parent id, flags. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:$|-)/;

/** The identity of a request: what the caller brought, where it is well-formed, or a new one. */
export function contextOf(headers: IncomingHttpHeaders): RequestIdentity {
  const { 'x-request-id': given, traceparent } = headers;
  const own = newId<string>();
  const requestId = typeof given === 'string' && REQUEST_ID.test(given) ? given : own;
  const [, traceId] = typeof traceparent === 'string' ? (TRACEPARENT.exec(traceparent) ?? []) : [];
  return { requestId, traceId: traceId ?? own.replaceAll('-', '') };
}
