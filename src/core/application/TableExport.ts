/** What becomes of a column on the way from one installation to another. */
export type ColumnExport =
  | { readonly kind: 'as-is'; readonly parse?: (raw: string) => unknown }
  | { readonly kind: 'id'; readonly of: string }
  | { readonly kind: 'mentions'; readonly where?: RegExp }
  | { readonly kind: 'never-leaves'; readonly fill?: () => unknown };

/** It means the same anywhere. */
export const asIs: ColumnExport = { kind: 'as-is' };

/** As it is, if this parser, which throws a `ValidationError` otherwise, takes it: an archive may hold anything. */
export const checked = (parse: (raw: string) => unknown): ColumnExport => ({ kind: 'as-is', parse });

/**
 * The id of a row of this table, or of a person where it is `users`. It becomes the one that the row has there; what it
 * names must be in the archive.
 */
export const idOf = (table: string): ColumnExport => ({ kind: 'id', of: table });

/** Ids stand in it, alone or anywhere in JSON, of things that need not be there any more. Each becomes the new one. */
export const mentionsIds: ColumnExport = { kind: 'mentions' };

/** The same of what people write: only where it matches this do ids mean something here. */
export const mentionsIdsWhere = (where: RegExp): ColumnExport => ({ kind: 'mentions', where });

/**
 * It opens something, or is made by the database: it is in no archive. An import puts in its place what `fill` makes, or
 * leaves it to the column's default.
 */
export const neverLeaves = (fill?: () => unknown): ColumnExport => ({ kind: 'never-leaves', ...(fill && { fill }) });

/** How the rows of a tenant table travel in the archive of their workspace. The workspace itself goes without saying. */
export interface TableExport {
  readonly table: string;
  /** Columns that order the rows of a workspace. */
  readonly order: readonly string[];
  /** All of its columns but `workspace_id`. */
  readonly columns: Readonly<Record<string, ColumnExport>>;
  /** The rows that travel, as a condition in SQL; all of them without it. */
  readonly only?: string;
  /** Where in the file storage the content of a row lies, which travels with it. */
  readonly contentKey?: (workspaceId: string, id: string) => string;
}

/** A tenant table that is in no archive, and why not. */
export interface NotExported {
  readonly table: string;
  readonly because: string;
}

/** Declares that a table travels; one that refers to others stands behind them. */
export function exported(
  table: string,
  order: readonly string[],
  columns: Readonly<Record<string, ColumnExport>>,
  options: Pick<TableExport, 'only' | 'contentKey'> = {},
): TableExport {
  return { table, order, columns, ...options };
}

export const notExported = (table: string, because: string): NotExported => ({ table, because });

export const isExported = (declared: TableExport | NotExported): declared is TableExport => 'columns' in declared;

/** The columns that are in an archive, in their order there. */
export function travelling({ columns }: TableExport): string[] {
  return Object.keys(columns).filter((name) => columns[name]?.kind !== 'never-leaves');
}
