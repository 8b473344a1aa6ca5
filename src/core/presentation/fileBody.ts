import { AsyncResource } from 'node:async_hooks';
import { Readable } from 'node:stream';
import type { Request, Response } from 'express';
import multer, { MulterError, type StorageEngine } from 'multer';
import { RequestError } from '../errors/RequestError';
import { ValidationError } from '../errors/ValidationError';
import type { IncomingFile, StreamedUpload, Upload } from './Route';

/** What the headers and boundaries of one part may add to the file. */
const ENVELOPE_BYTES = 8 * 1024;

type Bounds = Pick<Upload, 'field' | 'maxBytes'>;

/**
 * Reads the one file of a multipart body into memory; nothing is written anywhere before the route decides to.
 * @throws RequestError `PAYLOAD_TOO_LARGE`, `UNSUPPORTED_MEDIA_TYPE`; ValidationError for a missing file and for any
 * other part
 */
export async function readFileBody(request: Request, response: Response, upload: Upload<unknown>): Promise<Buffer> {
  await parse(request, response, upload, multer.memoryStorage());
  if (!request.file) throw missing(upload);
  return request.file.buffer;
}

/** What is done with a file while it arrives. */
interface Receiver<Kept> {
  readonly keep: (file: IncomingFile) => Promise<Kept>;
  readonly drop: (kept: Kept) => Promise<void>;
}

/**
 * Hands the one file of a multipart body over while it arrives. When something is wrong with the body after all, what was
 * kept of it is dropped before this fails.
 * @throws what `readFileBody` throws, and what `keep` does
 */
export async function streamFileBody<Kept>(
  request: Request,
  response: Response,
  upload: StreamedUpload,
  { keep, drop }: Receiver<Kept>,
): Promise<Kept> {
  const taken: { kept?: Promise<Kept> } = {};
  const announced = Number(request.headers['content-length'] ?? Infinity);
  const take = ({ originalname: name, stream }: Express.Multer.File): Promise<Kept> => {
    const content = Readable.from(whole(stream, upload), { objectMode: false });
    return keep({ name, atMost: Math.min(upload.maxBytes, announced), content });
  };
  const handleFile: StorageEngine['_handleFile'] = (_request, file, done) => {
    taken.kept = take(file);
    taken.kept.then(() => done(), done);
  };
  const storage: StorageEngine = {
    // Parsers call back from wherever the bytes came in, and not as this request.
    _handleFile: AsyncResource.bind(handleFile),
    // Dropped below, where it is waited for also when the sender has gone.
    _removeFile: (_request, _file, done) => done(null),
  };
  try {
    await parse(request, response, upload, storage);
  } catch (error) {
    // Where it was `keep` that failed, this fails with its reason.
    if (taken.kept) await drop(await taken.kept);
    throw error;
  }
  if (!taken.kept) throw missing(upload);
  return taken.kept;
}

/** All of a file, or a refusal at the place where it ends too early. */
async function* whole(stream: Readable & { readonly truncated?: boolean }, { maxBytes }: Bounds) {
  try {
    yield* stream;
  } catch {
    if (!stream.truncated) throw malformed();
  }
  if (stream.truncated) throw tooLarge(maxBytes);
}

async function parse(request: Request, response: Response, bounds: Bounds, storage: StorageEngine): Promise<void> {
  const { field, maxBytes } = bounds;
  if (!request.is('multipart/form-data')) {
    throw RequestError.unsupportedMediaType('The body must be multipart/form-data.');
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + ENVELOPE_BYTES) throw tooLarge(maxBytes);
  const limits = { fileSize: maxBytes, files: 1, fields: 0, parts: 1, headerPairs: 20 };
  // What is called `..` would be no file; names are for those to mend who use them.
  const read = multer({ storage, limits, defParamCharset: 'utf8', preservePath: true }).single(field);
  await new Promise<void>((resolve, reject) => {
    void read(request, response, (error?: unknown) => (error ? reject(refusal(error, bounds)) : resolve()));
  });
}

const missing = ({ field }: Bounds): ValidationError => ValidationError.field(field, `${field} is required.`);
const malformed = (): ValidationError => ValidationError.field('body', 'body must be valid multipart/form-data.');
const tooLarge = (maxBytes: number): RequestError => RequestError.tooLarge(`The file is over ${maxBytes} bytes.`);

function refusal(error: unknown, { field, maxBytes }: Bounds): Error {
  if (!(error instanceof MulterError)) return malformed();
  if (error.code === 'LIMIT_FILE_SIZE') return tooLarge(maxBytes);
  const other = error.field ?? 'body';
  return ValidationError.field(other, `The body must hold one file, ${field}, and nothing else.`);
}
