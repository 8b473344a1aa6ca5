/** The version of the archive's form. It changes when an older platform could not read a newer one's. */
export const ARCHIVE_FORMAT = 1;

export const MANIFEST = 'manifest.json';
export const PEOPLE = 'people.ndjson';

/** The entry of a table's rows, one JSON object on each line. */
export const tableEntry = (table: string): string => `tables/${table}.ndjson`;

export interface EntryFacts {
  readonly rows: number;
  readonly bytes: number;
  /** Of the entry's bytes before they are compressed, in hexadecimal digits. */
  readonly sha256: string;
}

/** What an archive says of itself, in its last entry. */
export interface Manifest {
  readonly format: number;
  /** The platform that made it. */
  readonly platform: string;
  readonly createdAt: string;
  readonly workspace: { readonly id: string };
  /** Every other entry, by its name. */
  readonly entries: Readonly<Record<string, EntryFacts>>;
}
