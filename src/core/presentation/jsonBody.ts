import express, { type Request, type Response } from 'express';
import { RequestError } from '../errors/RequestError';

const parse = express.json({ limit: '1mb', type: ['application/json', 'application/*+json'] });

/** Whether a request carries a body (RFC 9112, section 6.3). */
export function hasBody(request: Request): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  return encoding !== undefined || (length !== undefined && length !== '0');
}

function refusal(error: { type?: string }): Error {
  switch (error.type) {
    case 'entity.too.large':
      return RequestError.tooLarge();
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return RequestError.unsupportedMediaType();
    default:
      return RequestError.malformedJson();
  }
}

/**
 * Reads the JSON body of at most 1 MiB, also when it comes compressed.
 * @returns undefined when the request has none
 * @throws RequestError `MALFORMED_JSON`, `PAYLOAD_TOO_LARGE`, `UNSUPPORTED_MEDIA_TYPE`
 */
export async function readJsonBody(request: Request, response: Response): Promise<unknown> {
  if (!hasBody(request)) return undefined;
  if (request.is(['application/json', 'application/*+json']) === false) throw RequestError.unsupportedMediaType();
  await new Promise<void>((resolve, reject) => {
    parse(request, response, (error?: unknown) => (error ? reject(refusal(error)) : resolve()));
  });
  return request.body as unknown;
}
