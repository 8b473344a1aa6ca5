import { hash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Answer } from './Route';

/** A file by itself, all else in the envelope. */
function bodyOf({ data, meta, file }: Answer): string | Buffer {
  return file ? (data as Buffer) : JSON.stringify(meta ? { data, meta } : { data });
}

/** Whatever somebody uploaded: should a browser show it as a page, it is of no origin and runs nothing. */
const FILE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** A strong entity tag (RFC 9110, section 8.8.3): the same if and only if the body is. */
const tagOf = (body: string | Buffer): string => `"${hash('sha256', body, 'base64url').slice(0, 27)}"`;

/** Whether a resource, as it is now, is one of those that If-Match lists; weak tags never are (section 13.1.1). */
export function isCurrent(ifMatch: string, current: Answer): boolean {
  const tag = tagOf(bodyOf(current));
  return ifMatch === '*' || ifMatch.split(',').some((candidate) => candidate.trim() === tag);
}

/** Whether If-None-Match lists a tag; it compares weakly (section 13.1.2). */
function isKnown(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch === '*' || ifNoneMatch.split(',').some((each) => each.trim().replace(/^W\//, '') === tag);
}

/** Writes an answer: the envelope, and for a single resource its ETag, or 304 when the caller has it already. */
export function sendAnswer(request: Request, response: Response, answer: Answer, apiBase: string): void {
  const { status, data, location, redirect, tagged, file } = answer;
  if (location !== undefined) response.setHeader('Location', `${apiBase}${location}`);
  if (redirect !== undefined) response.setHeader('Location', redirect);
  response.statusCode = status;
  if (data === undefined) {
    response.setHeader('Cache-Control', 'no-store');
    response.end();
    return;
  }
  const body = bodyOf(answer);
  if (tagged) {
    const tag = tagOf(body);
    response.setHeader('Cache-Control', 'private, no-cache');
    response.setHeader('ETag', tag);
    if (/^(GET|HEAD)$/.test(request.method) && isKnown(request.headers['if-none-match'], tag)) {
      response.statusCode = 304;
      response.end();
      return;
    }
  } else {
    response.setHeader('Cache-Control', 'no-store');
  }
  if (file) {
    response.setHeader('Content-Disposition', `inline; filename="${file.name}"`);
    response.setHeader('Content-Security-Policy', FILE_POLICY);
  }
  response.setHeader('Content-Type', file?.type ?? 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.end(body);
}
