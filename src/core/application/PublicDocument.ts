/** A JSON document outside the API that anybody may read, and that stays as it is while the process runs. */
export interface PublicDocument {
  /** From the root, as its standard fixes it: `/.well-known/…` (RFC 8615). */
  readonly path: string;
  /** How long others may keep it. */
  readonly maxAgeSeconds: number;
  readonly content: object;
}
