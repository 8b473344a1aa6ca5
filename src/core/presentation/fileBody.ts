import type { Request, Response } from 'express';
import multer, { MulterError } from 'multer';
import { RequestError } from '../errors/RequestError';
import { ValidationError } from '../errors/ValidationError';
import type { Upload } from './Route';

/** What the headers and boundaries of one part may add to the file. */
const ENVELOPE_BYTES = 8 * 1024;

/**
 * Reads the one file of a multipart body into memory; nothing is written anywhere before the route decides to.
 * @throws RequestError `PAYLOAD_TOO_LARGE`, `UNSUPPORTED_MEDIA_TYPE`; ValidationError for a missing file and for any
 * other part
 */
export async function readFileBody(request: Request, response: Response, upload: Upload<unknown>): Promise<Buffer> {
  const { field, maxBytes } = upload;
  if (!request.is('multipart/form-data')) {
    throw RequestError.unsupportedMediaType('The body must be multipart/form-data.');
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + ENVELOPE_BYTES) throw tooLarge(maxBytes);
  const parse = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize: maxBytes, files: 1, fields: 0, parts: 1, headerPairs: 20 },
  }).single(field);
  await new Promise<void>((resolve, reject) => {
    void parse(request, response, (error?: unknown) => (error ? reject(refusal(error, upload)) : resolve()));
  });
  if (!request.file) throw ValidationError.field(field, `${field} is required.`);
  return request.file.buffer;
}

function tooLarge(maxBytes: number): RequestError {
  return RequestError.tooLarge(`The file is over ${maxBytes} bytes.`);
}

function refusal(error: unknown, { field, maxBytes }: Upload<unknown>): Error {
  if (!(error instanceof MulterError)) return ValidationError.field('body', 'body must be valid multipart/form-data.');
  if (error.code === 'LIMIT_FILE_SIZE') return tooLarge(maxBytes);
  const other = error.field ?? 'body';
  return ValidationError.field(other, `The body must hold one file, ${field}, and nothing else.`);
}
