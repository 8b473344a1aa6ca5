import { hash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Answer } from './Route';

function strongTag(body: string): string {
  return `"${hash('sha256', body, 'base64url').slice(0, 27)}"`;
}

/** If-None-Match (RFC 9110, section 13.1.2) compares weakly, whatever the list holds. */
function matches(header: string, tag: string): boolean {
  return header === '*' || header.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === tag);
}

/** Writes an answer: the envelope, and for a single resource its ETag, or 304 when the caller has it already. */
export function sendAnswer(request: Request, response: Response, answer: Answer, apiBase: string): void {
  const { status, data, meta, location, tagged } = answer;
  if (location !== undefined) response.setHeader('Location', `${apiBase}${location}`);
  response.statusCode = status;
  if (data === undefined) {
    response.setHeader('Cache-Control', 'no-store');
    response.end();
    return;
  }
  const body = JSON.stringify(meta ? { data, meta } : { data });
  response.setHeader('Cache-Control', tagged ? 'private, no-cache' : 'no-store');
  if (tagged) {
    const tag = strongTag(body);
    response.setHeader('ETag', tag);
    const seen = request.headers['if-none-match'];
    if (seen !== undefined && matches(seen, tag)) {
      response.statusCode = 304;
      response.end();
      return;
    }
  }
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.end(body);
}
