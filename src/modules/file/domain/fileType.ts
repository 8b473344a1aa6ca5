import { ValidationError } from '../../../core/errors/ValidationError';

/** How many bytes of a file tell its type. */
export const HEAD_BYTES = 512;

type Signature = readonly (readonly [offset: number, bytes: string])[];

/** By the bytes that files begin with, each written as the character of its number (WHATWG MIME Sniffing, section 6). */
const SIGNATURES: readonly (readonly [type: string, signature: Signature])[] = [
  ['image/png', [[0, '\x89PNG\r\n\x1a\n']]],
  ['image/jpeg', [[0, '\xff\xd8\xff']]],
  ['image/gif', [[0, 'GIF87a']]],
  ['image/gif', [[0, 'GIF89a']]],
  [
    'image/webp',
    [
      [0, 'RIFF'],
      [8, 'WEBPVP'],
    ],
  ],
  ['image/avif', [[4, 'ftypavif']]],
  ['application/pdf', [[0, '%PDF-']]],
  ['application/zip', [[0, 'PK\x03\x04']]],
  ['application/gzip', [[0, '\x1f\x8b\x08']]],
  ['video/mp4', [[4, 'ftyp']]],
  ['video/webm', [[0, '\x1aE\xdf\xa3']]],
  ['application/ogg', [[0, 'OggS\0']]],
  ['audio/mpeg', [[0, 'ID3']]],
  [
    'audio/wave',
    [
      [0, 'RIFF'],
      [8, 'WAVE'],
    ],
  ],
];

/** Pictures made of pixels: whatever else is in them, a browser that is told so takes them for nothing else. */
const SHOWN: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);

/** The control characters that texts have (section 3): tabulator, line feed, form feed, carriage return and escape. */
const CONTROLS_OF_TEXT: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1b]);
const isBinary = (byte: number): boolean => byte < 0x20 && !CONTROLS_OF_TEXT.has(byte);

/**
 * What a file is, by its first bytes and nothing that anybody says of it. Markup counts as plain text, and what nobody
 * knows as bytes.
 */
export function typeOf(head: Buffer): string {
  const bytes = head.subarray(0, HEAD_BYTES);
  const characters = bytes.toString('latin1');
  const known = SIGNATURES.find(([, pieces]) => pieces.every(([at, piece]) => characters.startsWith(piece, at)));
  if (known) return known[0];
  return bytes.some(isBinary) ? UNKNOWN : TEXT;
}

const UNKNOWN = 'application/octet-stream';
const TEXT = 'text/plain';

/** One of the types that content can have. @throws ValidationError for any other text */
export function FileType(raw: string): string {
  if (raw === TEXT || raw === UNKNOWN || SIGNATURES.some(([type]) => type === raw)) return raw;
  throw new ValidationError('There is no such type of files.');
}

/** Whether a file of this type may be shown where it is opened; all others are for the disk. */
export const isShown = (type: string): boolean => SHOWN.has(type);
