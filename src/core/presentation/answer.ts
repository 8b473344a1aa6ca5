import { hash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { FileHeaders } from '../application/FileStorage';
import { contentDisposition } from '../application/contentDisposition';
import type { Answer, StreamedFile } from './Route';

const bodyOf = ({ data, meta }: Answer): string => JSON.stringify(meta ? { data, meta } : { data });

/** Whatever somebody uploaded: should a browser show it as a page, it is of no origin and runs nothing. */
const FILE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** A strong entity tag (RFC 9110, section 8.8.3): the same if and only if the body is. */
const tagOf = (body: string): string => `"${hash('sha256', body, 'base64url').slice(0, 27)}"`;

/** The tag that an answer carries; null for one without. */
function tagIn(answer: Answer): string | null {
  const { stream, data } = answer;
  if (stream?.tag !== undefined) return `"${stream.tag}"`;
  return data === undefined ? null : tagOf(bodyOf(answer));
}

/** Whether a resource, as it is now, is one of those that If-Match lists; weak tags never are (section 13.1.1). */
export function isCurrent(ifMatch: string, current: Answer): boolean {
  const tag = tagIn(current);
  return ifMatch === '*' || ifMatch.split(',').some((candidate) => candidate.trim() === tag);
}

/** Whether If-None-Match lists a tag; it compares weakly (section 13.1.2). */
function isKnown(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch === '*' || ifNoneMatch.split(',').some((each) => each.trim().replace(/^W\//, '') === tag);
}

/** Tags an answer, and ends it with 304 when the caller has it already. */
function endedByTag(request: Request, response: Response, tag: string): boolean {
  response.setHeader('Cache-Control', 'private, no-cache');
  response.setHeader('ETag', tag);
  if (!/^(GET|HEAD)$/.test(request.method) || !isKnown(request.headers['if-none-match'], tag)) return false;
  response.statusCode = 304;
  response.end();
  return true;
}

/** Writes an answer: the envelope, and for a single resource its ETag, or 304 when the caller has it already. */
export async function sendAnswer(request: Request, response: Response, answer: Answer, apiBase: string): Promise<void> {
  const { status, data, location, redirect, tagged, file } = answer;
  if (location !== undefined) response.setHeader('Location', `${apiBase}${location}`);
  if (redirect !== undefined) response.setHeader('Location', redirect);
  response.statusCode = status;
  if (answer.stream && file) {
    await sendStream(request, response, answer.stream, file);
    return;
  }
  if (data === undefined) {
    response.setHeader('Cache-Control', 'no-store');
    response.end();
    return;
  }
  const body = bodyOf(answer);
  if (tagged) {
    if (endedByTag(request, response, tagOf(body))) return;
  } else {
    response.setHeader('Cache-Control', 'no-store');
  }
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.end(body);
}

/** Sends a file as fast as the caller takes it. One who goes away ends it, and is no error. */
async function sendStream(
  request: Request,
  response: Response,
  { bytes, tag, open }: StreamedFile,
  file: FileHeaders,
): Promise<void> {
  if (tag === undefined) response.setHeader('Cache-Control', 'no-store');
  else if (endedByTag(request, response, `"${tag}"`)) return;
  const content = request.method === 'HEAD' ? null : await open();
  response.setHeader('Content-Disposition', contentDisposition(file));
  response.setHeader('Content-Security-Policy', FILE_POLICY);
  response.setHeader('Content-Type', file.type);
  if (bytes !== undefined) response.setHeader('Content-Length', bytes);
  if (!content) {
    response.end();
    return;
  }
  try {
    await pipeline(content, response);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
