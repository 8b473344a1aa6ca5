/** What is known of an archive once it is whole. */
export interface Archive {
  readonly bytes: number;
  /** Of all entries together. */
  readonly rows: number;
  /** Of the archive's bytes, in hexadecimal digits. */
  readonly sha256: string;
}

/** Why there is none: who asked for it is no owner any more, or it could not be made. */
export type ExportFailure = 'PERMISSION_DENIED' | 'INTERNAL_ERROR';
