/** The version of the archive's form. It changes when an older platform could not read a newer one's. */
export const ARCHIVE_FORMAT = 1;

export const MANIFEST = 'manifest.json';
export const PEOPLE = 'people.ndjson';

/** The entry of a table's rows, one JSON object on each line. */
export const tableEntry = (table: string): string => `tables/${table}.ndjson`;

/** The entry of what a row of a table has in the file storage, as it is. */
export const contentEntry = (table: string, id: string): string => `contents/${table}/${id}`;

const CONTENT_ENTRY = /^contents\/([a-z][a-z0-9_]*)\/([0-9a-f-]{36})$/;

/** Whose content an entry is; null for another one. */
export function contentOf(entry: string): { readonly table: string; readonly id: string } | null {
  const [, table, id] = CONTENT_ENTRY.exec(entry) ?? [];
  return table !== undefined && id !== undefined ? { table, id } : null;
}

export interface EntryFacts {
  /** None in a content. */
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
